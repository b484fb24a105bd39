import { EXPERIMENT_VIEWED, SLOT_VIEWED } from "../exposure-events.ts";
import { measuresIn } from "../expression.ts";
import { UNSUBSCRIBED } from "../../journey/journey-conditions.ts";
import type { Place } from "../place.ts";
import { placeOf } from "./check-place.ts";
import { namesRead, NO_CONDITIONS } from "./check-selector.ts";
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
  for (const [path, holder, place] of holdersIn(definition)) {
    if (place === "device") continue;
    const { conditions, content } = readBy(holder);
    const read = [
      ...namesRead(conditions),
      ...[...namedMeasures(conditions), ...measuresIn(content)].flatMap((name) => namesRead(measures[name])),
      ...recordedFor(path[0]!, holder),
    ];
    const secret = read.find((name) => names.includes(name));
    if (secret === undefined) continue;
    const what = path[0] === "experiments" ? "its slot" : "it";
    issues.add(path, `reads ${describe(secret)}, which is private: mark ${what} "evaluate": "device"`);
  }
  for (const [path, conditions, texts] of [...edgeAlone(definition), ...goals(definition)]) {
    const asked = [...namedMeasures(conditions), ...measuresIn(texts)];
    const read = [...namesRead(conditions), ...asked.flatMap((name) => namesRead(measures[name]))];
    const secret = read.find((name) => names.includes(name));
    if (secret !== undefined)
      issues.add(path, `reads ${describe(secret)}, which is private: the edge does not know of it`);
  }
}

type EdgeAlone = readonly [path: readonly string[], conditions: unknown, texts?: unknown];

/** Journeys and the templates of their messages, which the edge alone knows: their conditions, and texts with values. */
function edgeAlone(definition: Record<string, unknown>): EdgeAlone[] {
  const journeys = Object.entries(sectionOf(definition, "journeys")).map(([id, holder]): EdgeAlone => {
    const goal = isRecord(holder) ? holder["goal"] : undefined;
    return [["journeys", id], [holder, { count: goal }, sends(holder) && UNSUBSCRIBED], holder];
  });
  const templates = Object.entries(sectionOf(definition, "templates"));
  return [...journeys, ...templates.map(([id, holder]): EdgeAlone => [["templates", id], [], holder])];
}

/** The goals of experiments: what comes of those is counted at the edge, unless the device alone deals them. */
function goals(definition: Record<string, unknown>): EdgeAlone[] {
  return holdersIn(definition).flatMap(([path, holder, place]): EdgeAlone[] =>
    path[0] === "experiments" && place !== "device" && isRecord(holder)
      ? [[[...path, "goal"], { count: holder["goal"] }]]
      : [],
  );
}

/** Whether some step of a journey sends a message: to who has not unsubscribed. */
function sends(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || value === null || depth > 64) return false;
  return Object.entries(value).some(
    ([key, inner]) => !NO_CONDITIONS.has(key) && (key === "send" || sends(inner, depth + 1)),
  );
}

type Holder = readonly [path: readonly string[], holder: unknown, place: Place];

/** Segments, slots and experiments, and where each is evaluated. */
function holdersIn(definition: Record<string, unknown>): Holder[] {
  return ["segments", "slots", "experiments"].flatMap((section) =>
    Object.entries(sectionOf(definition, section)).map(([id, holder]): Holder => {
      const slot = isRecord(holder) && section === "experiments" ? String(holder["slot"]) : undefined;
      const slots = sectionOf(definition, "slots");
      const placed = slot !== undefined && Object.hasOwn(slots, slot) ? slots[slot] : holder;
      return [[section, id], holder, placeOf(placed)];
    }),
  );
}

function sectionOf(definition: Record<string, unknown>, section: string): Record<string, unknown> {
  const value = definition[section];
  return isRecord(value) ? value : {};
}

/** The conditions of a segment, a slot or an experiment, and what it shows: that is no condition, whatever its words. */
function readBy(holder: unknown): { conditions: unknown; content?: unknown } {
  const { variants, fallback, audience } = isRecord(holder) ? holder : {};
  if (!Array.isArray(variants)) return { conditions: holder };
  const each = variants.filter(isRecord);
  return {
    conditions: [audience, ...each.map(({ when }) => when)],
    content: [fallback, ...each.map(({ content }) => content)],
  };
}

/** The events that are recorded of what is shown, where something is decided by them. */
function recordedFor(section: string, holder: unknown): string[] {
  if (section === "experiments") return [EXPERIMENT_VIEWED];
  return section === "slots" && isRecord(holder) && holder["cap"] !== undefined ? [SLOT_VIEWED] : [];
}

/** Names of the measures that conditions ask for. */
function namedMeasures(value: unknown, depth = 0): string[] {
  if (typeof value !== "object" || value === null || depth > 64) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (NO_CONDITIONS.has(key)) return [];
    return key === "measure" && typeof inner === "string" ? [inner] : namedMeasures(inner, depth + 1);
  });
}
