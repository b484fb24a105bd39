import { checkCondition, type SegmentReference } from "../definition/check/check-condition.ts";
import type { Referrer } from "../definition/check/check-references.ts";
import { checkDuration, checkSelector } from "../definition/check/check-selector.ts";
import { isTooLarge } from "../definition/check/check-size.ts";
import { describe, isRecord, type Issues, type Path } from "../definition/check/issues.ts";
import { checkMessages, checkQuietHours, checkCap } from "./check-messages.ts";
import { STEP_KINDS } from "./step-kinds.ts";

const MAX_JOURNEYS = 200;
/** How many steps a journey may have, and how deep branches may nest. */
const MAX_STEPS = 100;
const MAX_DEPTH = 8;

const KEYS = ["name", "description", "enter", "on", "again", "goal", "steps", "quietHours", "cap"];

/** Something whose conditions may name measures. */
interface Around {
  issues: Issues;
  measures: Readonly<Record<string, unknown>>;
  /** Of the whole definition, as it was given. */
  definition: Readonly<Record<string, unknown>>;
}

/** Checks journeys and what they share. Says which segments each of them names. */
export function checkJourneys(around: Around): Referrer[] {
  const { issues, definition } = around;
  checkMessages(issues, definition, around.measures);
  const { journeys } = definition;
  if (journeys === undefined || !issues.isObject(journeys, ["journeys"], "an object")) return [];
  const entries = Object.entries(journeys);
  if (entries.length > MAX_JOURNEYS)
    issues.add(
      ["journeys"],
      `${entries.length} journeys are more than ${MAX_JOURNEYS}: split the definition`,
    );
  return entries.slice(0, MAX_JOURNEYS).map(([id, journey]) => checkJourney(around, id, journey));
}

function checkJourney(around: Around, id: string, journey: unknown): Referrer {
  const { issues, measures, definition } = around;
  const path = ["journeys", id];
  const references: SegmentReference[] = [];
  const referrer: Referrer = { path, place: "edge", references };
  if (id === "" || id.length > 128) issues.add(path, "a journey's id has 1 to 128 characters");
  if (!issues.isObject(journey, path, "an object with enter and steps") || isTooLarge(issues, journey, path))
    return referrer;
  const context = { issues, measures, references };
  issues.unknownKeys(journey, KEYS, path);
  for (const key of ["name", "description"])
    if (journey[key] !== undefined && typeof journey[key] !== "string")
      issues.add([...path, key], `must be a string, not ${describe(journey[key])}`);
  checkCondition(context, journey["enter"], [...path, "enter"]);
  const { on, again, goal } = journey;
  if (on !== undefined && on !== "enter" && on !== "exit")
    issues.add([...path, "on"], `must be "enter" or "exit", not ${describe(on)}`);
  if (again !== undefined) checkAgain(issues, again, [...path, "again"]);
  if (goal !== undefined) checkSelector(issues, goal, [...path, "goal"]);
  if (journey["quietHours"] !== undefined)
    checkQuietHours(issues, journey["quietHours"], [...path, "quietHours"]);
  if (journey["cap"] !== undefined) checkCap(issues, journey["cap"], [...path, "cap"]);
  let left = MAX_STEPS;
  const steps = (list: unknown, at: Path, depth: number): void => {
    if (!issues.isArray(list, at, "a list of steps")) return;
    if (depth > MAX_DEPTH) return issues.add(at, `branches nest deeper than ${MAX_DEPTH}: flatten them`);
    list.forEach((step: unknown, position) => {
      if (--left === -1) issues.add(path, `has more than ${MAX_STEPS} steps: split it`);
      if (left < 0) return;
      const place = [...at, position];
      checkStep({ ...context, steps: (below, where) => steps(below, where, depth + 1) }, step, place);
    });
  };
  steps(journey["steps"], [...path, "steps"], 1);
  if (reachesContext(definition, journey, new Set()))
    issues.add(path, "reaches the context, which is known of visits alone: take it out");
  return referrer;
}

type Context = Parameters<(typeof STEP_KINDS)[number]["check"]>[0];

function checkStep(context: Context, step: unknown, path: Path): void {
  const { issues } = context;
  const known = STEP_KINDS.map(({ key }) => key);
  if (!issues.isObject(step, path, 'a step, as { wait: "24h" }')) return;
  const kinds = STEP_KINDS.filter(({ key }) => Object.hasOwn(step, key));
  const [kind] = kinds;
  if (!kind) {
    const [word] = Object.keys(step);
    return issues.add(
      path,
      word === undefined
        ? `no step; known are ${known.join(", ")}`
        : `${describe(word)} is no step${issues.suggestion(word, known)}`,
    );
  }
  if (kinds.length > 1)
    return issues.add(
      path,
      `${kinds.map(({ key }) => key).join(" and ")} stand side by side: make two steps`,
    );
  issues.unknownKeys(step, [kind.key, ...kind.keys], path);
  kind.check(context, step, path);
}

/** Keys under which no condition stands. */
const NO_CONDITIONS: ReadonlySet<string> = new Set(["data", "properties", "trait", "where", "goal"]);

/** Whether a condition asks for the context, itself or through a segment. */
function reachesContext(
  definition: Readonly<Record<string, unknown>>,
  value: unknown,
  seen: Set<string>,
): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inner]: [string, unknown]) => {
    if (NO_CONDITIONS.has(key)) return false;
    if (key === "context") return true;
    const segments = definition["segments"];
    if (
      key !== "segment" ||
      typeof inner !== "string" ||
      !isRecord(segments) ||
      !Object.hasOwn(segments, inner)
    )
      return reachesContext(definition, inner, seen);
    if (seen.has(inner)) return false;
    return reachesContext(definition, segments[inner], seen.add(inner));
  });
}

function checkAgain(issues: Issues, again: unknown, path: Path): void {
  if (again === "never" || again === "always") return;
  if (typeof again === "string" && again.startsWith("after "))
    return checkDuration(issues, again.slice("after ".length), 1, path);
  issues.add(path, `must be "never", "always" or "after 30d", not ${describe(again)}`);
}
