import { parseInstant } from "../instant.ts";
import { describe, type Issues, type Path } from "./issues.ts";

/** Checks when something is open. */
export function checkSchedule(issues: Issues, holder: Readonly<Record<string, unknown>>, path: Path): void {
  const schedule = holder["schedule"];
  if (schedule === undefined) return;
  const at = [...path, "schedule"];
  if (!issues.isObject(schedule, at, 'an object as { from: "2026-11-27T00:00:00Z", to: … }')) return;
  issues.unknownKeys(schedule, ["from", "to"], at);
  const ends = ["from", "to"].filter((end) => schedule[end] !== undefined);
  if (ends.length === 0) issues.add(at, "needs from, to or both");
  const [from, to] = ["from", "to"].map((end) => parseInstant(schedule[end]));
  for (const end of ends) {
    if (parseInstant(schedule[end]) === undefined)
      issues.add(
        [...at, end],
        `must be an instant, as "2026-11-27T00:00:00Z", "2026-11-27T00:00+01:00" or ms, not ${describe(schedule[end])}`,
      );
  }
  if (from !== undefined && to !== undefined && from >= to)
    issues.add(at, "is never open: from must be before to");
}
