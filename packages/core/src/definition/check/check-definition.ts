import type { DefinitionIssue } from "../definition-error.ts";
import { isDeeper } from "../../log/entry-problem.ts";
import type { Place } from "../definition.ts";
import { checkCondition, type SegmentReference } from "./check-condition.ts";
import { checkMeasure } from "./check-measure.ts";
import { checkPrivate } from "./check-private.ts";
import { checkReferences, type Referrer } from "./check-references.ts";
import { describe, Issues, isRecord, type Path } from "./issues.ts";
import { checkJourneys } from "../../journey/check-journeys.ts";

const MAX_SEGMENTS = 2_000;
/** Characters of JSON that one segment or slot may take. */
const MAX_SIZE = 65_536;
const KEYS = ["segments", "measures", "slots", "journeys", "messages", "templates", "webhooks", "private"];
const PLACES = ["both", "edge", "device"];

/** How deep the JSON of one segment, measure or slot may nest: beyond what any condition needs. */
const MAX_NESTING = 128;

/** All that is wrong with a definition: nothing, when it can be run. Never throws, whatever it is given. */
export function checkDefinition(definition: unknown): readonly DefinitionIssue[] {
  const issues = new Issues();
  try {
    checkSections(issues, definition);
  } catch {
    // A getter or a proxy that throws: no JSON does.
    issues.add([], "must be plain JSON");
  }
  return issues.found;
}

function checkSections(issues: Issues, definition: unknown): void {
  if (!issues.isObject(definition, [], "an object with segments")) return;
  issues.unknownKeys(definition, KEYS, []);
  const measures = section(issues, definition, "measures");
  for (const [name, measure] of Object.entries(measures)) {
    const path = ["measures", name];
    if (!isTooLarge(issues, measure, path)) checkMeasure(issues, measure, path);
  }
  if (definition["segments"] === undefined)
    issues.add(["segments"], "is missing: a definition has segments, { } at least");
  const segments = new Map<string, Referrer>();
  const entries = Object.entries(section(issues, definition, "segments"));
  if (entries.length > MAX_SEGMENTS)
    issues.add(
      ["segments"],
      `${entries.length} segments are more than ${MAX_SEGMENTS}: split the definition`,
    );
  for (const [id, segment] of entries.slice(0, MAX_SEGMENTS)) {
    segments.set(id, checkSegment(issues, id, segment, measures));
  }
  const slots = Object.entries(section(issues, definition, "slots")).map(([name, slot]) =>
    checkSlot(issues, name, slot, measures),
  );
  const isTooLargeAt = (value: unknown, path: Path): boolean => isTooLarge(issues, value, path);
  const journeys = checkJourneys({ issues, measures, definition, isTooLarge: isTooLargeAt });
  checkReferences(issues, segments, [...slots, ...journeys]);
  checkPrivate(issues, definition, measures);
}

function section(issues: Issues, definition: Record<string, unknown>, key: string): Record<string, unknown> {
  const value = definition[key];
  if (value === undefined) return {};
  return issues.isObject(value, [key], "an object") ? value : {};
}

function checkSegment(
  issues: Issues,
  id: string,
  segment: unknown,
  measures: Readonly<Record<string, unknown>>,
): Referrer {
  const path = ["segments", id];
  const references: SegmentReference[] = [];
  if (id === "" || id.length > 128) issues.add(path, "a segment's id has 1 to 128 characters");
  const referrer = { path, place: placeOf(segment), references };
  if (
    !issues.isObject(segment, path, "a condition or { when: condition }") ||
    isTooLarge(issues, segment, path)
  )
    return referrer;
  const long = Object.hasOwn(segment, "when");
  if (long) {
    issues.unknownKeys(segment, ["when", "name", "description", "evaluate"], path);
    checkPlace(issues, segment, path);
    for (const key of ["name", "description"]) checkText(issues, segment[key], [...path, key]);
  }
  checkCondition(
    { issues, measures, references },
    long ? segment["when"] : segment,
    long ? [...path, "when"] : path,
  );
  return referrer;
}

function checkSlot(
  issues: Issues,
  name: string,
  slot: unknown,
  measures: Readonly<Record<string, unknown>>,
): Referrer {
  const path = ["slots", name];
  const references: SegmentReference[] = [];
  const referrer = { path, place: placeOf(slot), references };
  if (!issues.isObject(slot, path, "an object with variants") || isTooLarge(issues, slot, path))
    return referrer;
  issues.unknownKeys(slot, ["variants", "fallback", "evaluate"], path);
  checkPlace(issues, slot, path);
  if (Object.hasOwn(slot, "fallback"))
    checkContent(issues, slot["fallback"], ["content"], [...path, "fallback"]);
  const variants = slot["variants"];
  if (!issues.isArray(variants, [...path, "variants"], "a list of variants")) return referrer;
  const ids = new Set<unknown>();
  variants.forEach((variant: unknown, position) => {
    const at = [...path, "variants", position];
    if (!checkContent(issues, variant, ["id", "when", "content"], at)) return;
    if (typeof variant["id"] !== "string" || variant["id"] === "")
      issues.add([...at, "id"], "must be a string");
    else if (ids.has(variant["id"]))
      issues.add([...at, "id"], `${describe(variant["id"])} stands twice in this slot`);
    ids.add(variant["id"]);
    checkCondition({ issues, measures, references }, variant["when"], [...at, "when"]);
  });
  return referrer;
}

/** Checks what carries content: its keys, and that the content is an object. */
function checkContent(
  issues: Issues,
  holder: unknown,
  keys: readonly string[],
  path: Path,
): holder is Record<string, unknown> {
  if (!issues.isObject(holder, path, `an object with ${keys.join(", ")}`)) return false;
  issues.unknownKeys(holder, keys, path);
  issues.isObject(holder["content"], [...path, "content"], "an object of fields");
  return true;
}

function placeOf(value: unknown): Place {
  const place = isRecord(value) ? value["evaluate"] : undefined;
  return place === "edge" || place === "device" ? place : "both";
}

function checkPlace(issues: Issues, holder: Record<string, unknown>, path: Path): void {
  const place = holder["evaluate"];
  if (place !== undefined && !PLACES.includes(place as string))
    issues.add([...path, "evaluate"], `must be one of ${PLACES.join(", ")}, not ${describe(place)}`);
}

function checkText(issues: Issues, text: unknown, path: Path): void {
  if (text !== undefined && typeof text !== "string")
    issues.add(path, `must be a string, not ${describe(text)}`);
}

function isTooLarge(issues: Issues, value: unknown, path: Path): boolean {
  // What is no JSON at all is for the check of its shape to name.
  if (typeof value !== "object" || value === null) return false;
  if (isDeeper(value, MAX_NESTING)) {
    issues.add(path, `nests deeper than ${MAX_NESTING}, or holds itself: flatten it`);
    return true;
  }
  let size: number;
  try {
    size = JSON.stringify(value).length;
  } catch {
    issues.add(path, "must be plain JSON");
    return true;
  }
  if (size > MAX_SIZE) issues.add(path, `takes ${size} characters of JSON, more than ${MAX_SIZE}: split it`);
  return size > MAX_SIZE;
}
