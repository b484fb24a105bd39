import type { SlotPlan } from "../engine/slot-plan.ts";

/**
 * The earliest instant after `now`, ms, at which a schedule opens or closes; nothing when none will. What memberships, caps
 * and experiments change by time is `nextChange`'s to say: a page that shows slots wakes at the earlier of both.
 */
export function nextDecision(
  { slots }: { slots: ReadonlyMap<string, SlotPlan> },
  now: number,
): number | undefined {
  const next = [...slots.values()]
    .flatMap((slot) => [slot, ...slot.variants, ...(slot.experiments ?? [])])
    .flatMap(({ from = now, to = now }) => [from, to])
    .reduce((first, instant) => (instant > now && instant < first ? instant : first), Infinity);
  return next < Infinity ? next : undefined;
}
