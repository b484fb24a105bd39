import type { Schedule } from "../definition/schedule.ts";

/** Whether a schedule, whose ends are ms, is open at an instant. */
export function isOpen({ from = -Infinity, to = Infinity }: Schedule = {}, at: number): boolean {
  return (from as number) <= at && at < (to as number);
}
