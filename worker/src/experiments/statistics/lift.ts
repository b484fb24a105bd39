import type { Arm, Estimate, Worth } from "./arm.ts";
import { ratioInterval } from "./ratio-interval.ts";
import { wilsonInterval } from "./wilson-interval.ts";

/**
 * By how much more often a variant's profiles convert than control's: 0.1 is 10 % more. `reach` is how many standard errors
 * the interval reaches to both sides. None where there is nothing to compare with.
 */
export function rateLift(control: Arm, variant: Arm, reach: number): Estimate | undefined {
  if (control.exposed === 0 || variant.exposed === 0) return undefined;
  return liftOf(rateOf(variant, reach), rateOf(control, reach));
}

/** By how much more a variant's profiles are worth than control's. `reach` depends on how many a mean is of. */
export function valueLift(
  control: Worth,
  variant: Worth,
  reach: (profiles: number) => number,
): Estimate | undefined {
  if (control.profiles < 2 || variant.profiles < 2) return undefined;
  return liftOf(worthOf(variant, reach), worthOf(control, reach));
}

/**
 * Whether a variant's profiles are certain to convert more often than another's: in the same cases in which the interval of the lift
 * is above zero, and where there is none, as the other's never do.
 */
export function convertsMore(variant: Arm, other: Arm, reach: number): boolean {
  if (variant.exposed === 0 || other.exposed === 0) return false;
  return isMore(rateOf(variant, reach), rateOf(other, reach));
}

/** The same of what they are worth, which may be nothing, or less. */
export function isWorthMore(variant: Worth, other: Worth, reach: (profiles: number) => number): boolean {
  if (variant.profiles < 2 || other.profiles < 2) return false;
  return isMore(worthOf(variant, reach), worthOf(other, reach));
}

/** Whether the interval of the difference, recovered from both as that of a ratio is (MOVER-D), is above zero. */
function isMore(one: Estimate, other: Estimate): boolean {
  return one.value - other.value > Math.hypot(one.value - one.interval[0], other.interval[1] - other.value);
}

function liftOf(above: Estimate, below: Estimate): Estimate | undefined {
  const interval = ratioInterval(above, below);
  if (!interval) return undefined;
  const [lower, upper] = interval;
  return { value: above.value / below.value - 1, interval: [lower - 1, upper - 1] };
}

function rateOf(arm: Arm, reach: number): Estimate {
  return { value: arm.converted / arm.exposed, interval: wilsonInterval(arm, reach) };
}

function worthOf({ profiles, mean, variance }: Worth, reach: (profiles: number) => number): Estimate {
  const half = reach(profiles) * Math.sqrt(variance / profiles);
  return { value: mean, interval: [mean - half, mean + half] };
}
