import { namesRead } from "./check-selector.ts";
import { describe, isRecord, type Issues } from "./issues.ts";

/** Checks `private`: names of events that never leave the device, and that nothing at the edge needs. */
export function checkPrivate(
  issues: Issues,
  definition: Record<string, unknown>,
  measures: Readonly<Record<string, unknown>>,
): void {
  const names = definition["private"];
  if (names === undefined || !issues.isArray(names, ["private"], "a list of event names")) return;
  names.forEach((name, at) => {
    if (typeof name !== "string" || name === "")
      issues.add(["private", at], `must be an event name, not ${describe(name)}`);
  });
  for (const section of ["segments", "slots"]) {
    const holders = definition[section];
    for (const [id, holder] of Object.entries(isRecord(holders) ? holders : {})) {
      if (isRecord(holder) && holder["evaluate"] === "device") continue;
      const secret = readBy(conditionsOf(holder), measures).find((name) => names.includes(name));
      if (secret !== undefined)
        issues.add(
          [section, id],
          `reads ${describe(secret)}, which is private: mark it "evaluate": "device"`,
        );
    }
  }
  const { journeys } = definition;
  for (const [id, journey] of Object.entries(isRecord(journeys) ? journeys : {})) {
    const goal = isRecord(journey) ? journey["goal"] : undefined;
    const secret = readBy([journey, { count: goal }], measures).find((name) => names.includes(name));
    if (secret !== undefined)
      issues.add(
        ["journeys", id],
        `reads ${describe(secret)}, which is private: the edge does not know of it`,
      );
  }
}

/** Names of the events that conditions read, also by way of named measures. */
function readBy(conditions: unknown, measures: Readonly<Record<string, unknown>>): string[] {
  return [
    ...namesRead(conditions),
    ...namedMeasures(conditions).flatMap((name) => namesRead(measures[name])),
  ];
}

/** The conditions of a segment or a slot. What a slot shows is none, whatever its words. */
function conditionsOf(holder: unknown): unknown {
  const variants = isRecord(holder) ? holder["variants"] : undefined;
  return Array.isArray(variants)
    ? variants.map((variant: unknown) => (isRecord(variant) ? variant["when"] : undefined))
    : holder;
}

/** Names of the measures that conditions ask for. */
function namedMeasures(value: unknown, depth = 0): string[] {
  if (typeof value !== "object" || value === null || depth > 64) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === "where") return [];
    return key === "measure" && typeof inner === "string" ? [inner] : namedMeasures(inner, depth + 1);
  });
}
