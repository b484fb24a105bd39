import { countAlarmLag } from "./count.ts";
import { log } from "./log.ts";

/** From when on an alarm's lag is worth a line in the log, ms. */
const LATE = 10_000;

/** Notes how late, at `now`, an alarm has stored what was due at some instants; ms by the machine's clock. */
export function noteAlarm(due: readonly number[], now: number): void {
  for (const instant of due) countAlarmLag(now - instant);
  const lag = now - Math.min(...due);
  if (lag >= LATE) log({ event: "alarm_late", lag, transitions: due.length });
}
