/**
 * What the operator's log tells. Of a person it has nothing: no id of a device or a customer, no address, no property, and no
 * error's message, which might quote one.
 */
export type LogEvent =
  /** A call failed by our own fault. */
  | { event: "call_failed"; method: string; route: string; error: string; stack: readonly string[] }
  /** A profile's database is of a later version than the latest one known, as after a rollback: it is left as it is. */
  | { event: "database_newer"; version: number; known: number }
  /** A setting of the worker's is not what it must be; its value is not told. */
  | { event: "setting_wrong"; setting: string; must: string }
  /** An alarm failed again and again: it rings once more, later. */
  | { event: "alarm_failed"; error: string; stack: readonly string[] }
  /** An alarm stored late what time had changed; `lag` in ms. */
  | { event: "alarm_late"; lag: number; transitions: number }
  | { event: "device_joined" | "device_parted" | "profile_erased" }
  /** What was pushed could not be asked for: what is in force stays so. */
  | { event: "definition_not_read"; error: string; stack: readonly string[] }
  /** What was pushed says something that this version of the worker does not know, at these places: what is in force stays so. */
  | { event: "definition_unknown"; paths: readonly string[] }
  /** A journey's e-mail or webhook waits, as a setting is missing. */
  | { event: "email_not_set_up"; setting: string }
  | { event: "receiver_unknown"; receiver: string }
  /** The provider did not take an e-mail: now, or for ever. */
  | { event: "email_refused"; provider: string; status: number; final: boolean }
  /** A receiver did not take a webhook: it comes again. */
  | { event: "webhook_refused"; status: number }
  /** A webhook or an e-mail could not be sent at all, as for a setting that is none, or a receiver that is not there: it comes again. */
  | { event: "delivery_failed"; error: string; stack: readonly string[] }
  /** What nobody will ever take went to the dead-letter queue at once. */
  | { event: "message_dead" }
  /** A counter shard did not take what an isolate had counted: it is kept for the next time. */
  | { event: "counts_not_passed_on"; series: number }
  /** An isolate did not learn the shares of bandits' variants: it goes by what it knew. */
  | { event: "allocations_unknown" };

/** How grave it is, as the console's own methods have it. */
const LEVELS: Readonly<Record<LogEvent["event"], "info" | "warn" | "error">> = {
  call_failed: "error",
  database_newer: "error",
  setting_wrong: "warn",
  alarm_failed: "error",
  alarm_late: "warn",
  device_joined: "info",
  device_parted: "info",
  profile_erased: "info",
  email_not_set_up: "warn",
  receiver_unknown: "warn",
  email_refused: "warn",
  webhook_refused: "warn",
  delivery_failed: "warn",
  message_dead: "error",
  counts_not_passed_on: "warn",
  allocations_unknown: "warn",
  definition_not_read: "error",
  definition_unknown: "error",
};

/** One line of JSON. */
export function log(event: LogEvent): void {
  const level = LEVELS[event.event];
  console[level](JSON.stringify({ level, ...event }));
}

/** What of an error may be told: its kind, and where it was thrown. */
export function traceOf(error: unknown): { error: string; stack: string[] } {
  if (!(error instanceof Error)) return { error: typeof error, stack: [] };
  // The message stands in the stack as well, and may have lines that look like its own.
  const whole = error.stack ?? "";
  const places = whole.slice(Math.max(0, whole.indexOf(error.message)) + error.message.length);
  const stack = places.split("\n").map((line) => line.trim());
  return { error: error.name, stack: stack.filter((line) => /^at .*:\d+:\d+\)?$/.test(line)) };
}
