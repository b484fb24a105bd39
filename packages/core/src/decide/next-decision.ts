import type { Plan } from "../engine/plan.ts";

/**
 * The earliest instant after `now`, ms, at which a schedule opens or closes; nothing when none will. What memberships, caps
 * and experiments change by time is `nextChange`'s to say: a page that shows slots wakes at the earlier of both.
 */
export function nextDecision({ plan }: { plan: Plan }, now: number): number | undefined {
  return plan.instants?.find((instant) => instant > now);
}
