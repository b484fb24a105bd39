import type { OpenPlan } from "../engine/slot-plan.ts";

/** Whether something may be decided at an instant, ms. */
export function isOpen({ from = -Infinity, to = Infinity }: OpenPlan, at: number): boolean {
  return from <= at && at < to;
}
