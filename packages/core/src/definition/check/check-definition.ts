import type { DefinitionIssue } from "../definition-error.ts";
import { checkCondition, type SegmentReference } from "./check-condition.ts";
import { checkExperiment, checkGroups } from "./check-experiment.ts";
import { checkMeasure } from "./check-measure.ts";
import { checkPlace, checkText, placeOf } from "./check-place.ts";
import { checkPrivate } from "./check-private.ts";
import { checkReferences, type Referrer } from "./check-references.ts";
import { isTooLarge } from "./check-size.ts";
import { checkSlot } from "./check-slot.ts";
import { Issues } from "./issues.ts";
import { checkJourneys } from "../../journey/check-journeys.ts";

const MAX_SEGMENTS = 2_000;
const KEYS = [
  "segments",
  "measures",
  "slots",
  "experiments",
  "journeys",
  "messages",
  "templates",
  "webhooks",
  "private",
];

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
  if (own(definition, "segments") === undefined)
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
  const slots = section(issues, definition, "slots");
  const shown = Object.entries(slots).map(([name, slot]) => checkSlot(issues, name, slot, measures));
  const experiments = section(issues, definition, "experiments");
  const dealt = Object.entries(experiments).map(([id, experiment]) =>
    checkExperiment(issues, id, experiment, { measures, slots }),
  );
  const journeys = checkJourneys({ issues, measures, definition });
  checkReferences(issues, segments, [...shown, ...dealt, ...journeys]);
  checkGroups(issues, experiments, dealt);
  checkPrivate(issues, definition, measures);
}

/** What it has itself: JSON says nothing of what is inherited. */
function own(definition: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(definition, key) ? definition[key] : undefined;
}

function section(issues: Issues, definition: Record<string, unknown>, key: string): Record<string, unknown> {
  const value = own(definition, key);
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
  const context = { issues, measures, references };
  if (long) checkCondition(context, segment["when"], [...path, "when"]);
  else checkCondition(context, segment, path, 1, ["when"]);
  return referrer;
}
