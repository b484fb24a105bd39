import type { Transition } from "@murmur/core";
import { Tally } from "./counts.ts";
import { METRICS } from "./metric.ts";

/** Of this isolate, which many calls and profiles share: each adds here, and `flush-counts` passes it on. */
export const tally = new Tally();

/** What became of entries. */
interface Taken {
  accepted: number;
  duplicates: number;
  rejected: readonly { reason: string }[];
}

export function countEntries({ accepted, duplicates, rejected }: Taken): void {
  tally.add("murmur_entries_ingested_total", accepted);
  tally.add("murmur_entries_duplicate_total", duplicates);
  countRejected(rejected);
}

export function countRejected(rejected: Taken["rejected"]): void {
  for (const { reason } of rejected) tally.add("murmur_entries_rejected_total", 1, reason);
}

export function countProblem(code: string): void {
  tally.add("murmur_problems_total", 1, code);
}

export function countTransitions(transitions: readonly Transition[]): void {
  for (const { change } of transitions) tally.add("murmur_transitions_total", 1, change);
}

/** How late an alarm has stored what time changed, ms. */
export function countAlarmLag(lag: number): void {
  const { bounds } = METRICS.murmur_alarm_lag_seconds;
  tally.observe("murmur_alarm_lag_seconds", Math.max(0, lag) / 1_000, bounds);
}

/** By how many webhooks an outbox grew; less than none when it shrank. */
export function countOutbox(growth: number): void {
  tally.add("murmur_webhooks_made_total", Math.max(0, growth));
  tally.add("murmur_webhooks_settled_total", Math.max(0, -growth));
}
