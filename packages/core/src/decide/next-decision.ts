import type { Definition } from "../definition/definition.ts";
import { isRunning } from "../definition/experiment.ts";

/**
 * The earliest instant after `now`, ms, at which a schedule opens or closes; nothing when none will. What memberships, caps
 * and experiments change by time is `nextChange`'s to say: a page that shows slots wakes at the earlier of both.
 */
export function nextDecision({ slots = {}, experiments = {} }: Definition, now: number): number | undefined {
  const holders = [
    ...Object.values(slots).flatMap((slot) => [slot, ...slot.variants]),
    ...Object.values(experiments).filter(isRunning),
  ];
  const instants = holders.flatMap(({ schedule }) => Object.values(schedule ?? {}) as number[]);
  const next = Math.min(...instants.filter((instant) => instant > now), Infinity);
  return next < Infinity ? next : undefined;
}
