import { movedTo } from "./join.ts";
import type { OpenProfile } from "./open-profile.ts";

/** The earliest instant of the machine's clock at which a profile has something to do, ms; Infinity for never. */
export function nextDue({ store, keeper, journeys, clock, outflow }: OpenProfile): number {
  const waits = movedTo(store) === undefined ? [keeper.nextChange(), journeys.nextWake()] : [];
  const own = waits.map((instant) => (instant === undefined ? Infinity : clock.real(instant)));
  return Math.min(...own, outflow.due() ?? Infinity);
}
