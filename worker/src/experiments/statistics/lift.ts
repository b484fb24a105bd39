import studentQuantile from "@stdlib/stats-base-dists-t-quantile";
import type { Arm, Estimate, Worth } from "./arm.ts";
import { ratioInterval } from "./ratio-interval.ts";
import { wilsonInterval } from "./wilson-interval.ts";

/** By how much more often a variant's profiles convert than control's: 0.1 is 10 % more. `z`: quantile of the normal. */
export function rateLift(control: Arm, variant: Arm, z: number): Estimate | undefined {
  if (control.exposed === 0 || variant.exposed === 0) return undefined;
  return liftOf(rateOf(variant, z), rateOf(control, z));
}

/** By how much more a variant's profiles are worth than control's, at a level as 0.95. */
export function valueLift(control: Worth, variant: Worth, level: number): Estimate | undefined {
  if (control.profiles < 2 || variant.profiles < 2) return undefined;
  return liftOf(worthOf(variant, level), worthOf(control, level));
}

function liftOf(above: Estimate, below: Estimate): Estimate | undefined {
  const interval = ratioInterval(above, below);
  if (!interval) return undefined;
  const [lower, upper] = interval;
  return { value: above.value / below.value - 1, interval: [lower - 1, upper - 1] };
}

function rateOf(arm: Arm, z: number): Estimate {
  return { value: arm.converted / arm.exposed, interval: wilsonInterval(arm, z) };
}

/** The mean and Student's interval of it. */
function worthOf({ profiles, mean, variance }: Worth, level: number): Estimate {
  const half = studentQuantile((1 + level) / 2, profiles - 1) * Math.sqrt(variance / profiles);
  return { value: mean, interval: [mean - half, mean + half] };
}
