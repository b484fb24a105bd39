import { HOLDOUT } from "../experiment.ts";
import { checkCondition, type SegmentReference } from "./check-condition.ts";
import { checkContent } from "./check-content.ts";
import { checkPath } from "./check-measure.ts";
import { checkOneOf, checkText, placeOf } from "./check-place.ts";
import type { Referrer } from "./check-references.ts";
import { checkSchedule } from "./check-schedule.ts";
import { checkDuration, checkSelector } from "./check-selector.ts";
import { isTooLarge } from "./check-size.ts";
import { checkId } from "./check-slot.ts";
import { describe, isRecord, type Issues, type Path } from "./issues.ts";

const KEYS = [
  "name",
  "description",
  "audience",
  "slot",
  "variants",
  "goal",
  "holdout",
  "coverage",
  "allocation",
  "seed",
  "hashVersion",
  "group",
  "status",
  "schedule",
];

type Parts = Readonly<Record<string, unknown>>;

/** Checks an experiment; returns what it needs of others, where its slot is evaluated. */
export function checkExperiment(
  issues: Issues,
  id: string,
  experiment: unknown,
  { measures, slots }: { measures: Parts; slots: Parts },
): Referrer {
  const path = ["experiments", id];
  const references: SegmentReference[] = [];
  const slot = isRecord(experiment) ? experiment["slot"] : undefined;
  const known = typeof slot === "string" && Object.hasOwn(slots, slot);
  const referrer = { path, place: placeOf(known ? slots[slot] : undefined), references };
  if (id === "" || id.length > 128) issues.add(path, "an experiment's id has 1 to 128 characters");
  if (!issues.isObject(experiment, path, "an object with slot and variants")) return referrer;
  if (isTooLarge(issues, experiment, path)) return referrer;
  issues.unknownKeys(experiment, KEYS, path);
  if (!known)
    issues.add(
      [...path, "slot"],
      `unknown slot ${describe(slot)}${issues.suggestion(slot, Object.keys(slots))}`,
    );
  for (const key of ["name", "description"]) checkText(issues, experiment[key], [...path, key]);
  if (experiment["audience"] !== undefined)
    checkCondition({ issues, measures, references }, experiment["audience"], [...path, "audience"]);
  checkVariants(issues, experiment["variants"], measures, [...path, "variants"]);
  checkGoal(issues, experiment["goal"], [...path, "goal"]);
  checkAssignment(issues, experiment, path);
  checkSchedule(issues, experiment, path);
  return referrer;
}

function checkVariants(issues: Issues, variants: unknown, measures: Parts, path: Path): void {
  if (!issues.isArray(variants, path, "a list of variants")) return;
  if (variants.length < 2) issues.add(path, "must be two or more: a control, and what it is held against");
  const ids: string[] = [];
  variants.forEach((variant: unknown, position) => {
    const at = [...path, position];
    if (!issues.isObject(variant, at, "an object with id, weight, content")) return;
    issues.unknownKeys(variant, ["id", "name", "weight", "content"], at);
    checkId(issues, variant["id"], ids, "experiment", [...at, "id"]);
    if (variant["id"] === HOLDOUT)
      issues.add([...at, "id"], `${describe(HOLDOUT)} is what those who are held out are called`);
    checkText(issues, variant["name"], [...at, "name"]);
    if (variant["content"] !== undefined)
      checkContent(issues, variant["content"], measures, [...at, "content"]);
    if (variant["weight"] !== undefined) checkShare(issues, variant["weight"], [...at, "weight"]);
  });
  const weights = variants.map((variant: unknown) => (isRecord(variant) ? variant["weight"] : undefined));
  const given = weights.filter((weight) => typeof weight === "number");
  if (given.length === 0) return;
  if (given.length < weights.length) return issues.add(path, "weights stand on all variants or on none");
  const total = given.reduce((sum, weight) => sum + weight, 0);
  if (!(total >= 0.99 && total <= 1.01)) issues.add(path, `weights come to ${total}, and must come to 1`);
}

function checkGoal(issues: Issues, goal: unknown, path: Path): void {
  if (goal === undefined) return;
  if (!issues.isObject(goal, path, 'an object as { event: "Order Completed", value: "total" }')) return;
  const { value, within, ...selector } = goal;
  issues.unknownKeys(goal, ["event", "where", "value", "within"], path);
  const { event, where } = selector;
  checkSelector(issues, { event, ...(where !== undefined && { where }) }, path);
  if (value !== undefined) checkPath(issues, value, [...path, "value"]);
  if (within !== undefined) checkDuration(issues, within, 1, [...path, "within"]);
}

/** Checks how profiles are dealt. */
function checkAssignment(issues: Issues, experiment: Parts, path: Path): void {
  const { holdout, coverage, allocation, seed, hashVersion, group, status } = experiment;
  if (holdout !== undefined) checkShare(issues, holdout, [...path, "holdout"]);
  if (holdout === 1) issues.add([...path, "holdout"], "must be below 1: nobody would take part");
  if (coverage !== undefined) checkShare(issues, coverage, [...path, "coverage"]);
  checkOneOf(issues, allocation, ["fixed", "bandit"], [...path, "allocation"]);
  checkOneOf(issues, status, ["draft", "running", "stopped"], [...path, "status"]);
  if (seed !== undefined && (typeof seed !== "string" || seed === ""))
    issues.add([...path, "seed"], `must be a string, not ${describe(seed)}`);
  if (hashVersion !== undefined && hashVersion !== 2)
    issues.add([...path, "hashVersion"], `must be 2, not ${describe(hashVersion)}`);
  if (group === undefined) return;
  const at = [...path, "group"];
  if (!issues.isObject(group, at, 'an object as { name: "checkout", range: [0, 0.5] }')) return;
  issues.unknownKeys(group, ["name", "range"], at);
  if (typeof group["name"] !== "string" || group["name"] === "")
    issues.add([...at, "name"], `must be a string, not ${describe(group["name"])}`);
  const range = group["range"];
  if (!Array.isArray(range) || range.length !== 2)
    return issues.add([...at, "range"], "must be a list of two: [from, to]");
  range.forEach((end, position) => checkShare(issues, end, [...at, "range", position]));
  if (range[0] >= range[1]) issues.add([...at, "range"], "holds nobody: the first must be below the second");
}

function checkShare(issues: Issues, share: unknown, path: Path): void {
  if (typeof share !== "number" || !(share >= 0 && share <= 1))
    issues.add(path, `must be a number from 0 to 1, not ${describe(share)}`);
}

/** Checks that experiments which exclude each other are dealt at one place: each has to know of the others there. */
export function checkGroups(issues: Issues, experiments: Parts, referrers: readonly Referrer[]): void {
  const places = new Map<unknown, Referrer["place"]>();
  Object.values(experiments).forEach((experiment, at) => {
    const group = isRecord(experiment) ? experiment["group"] : undefined;
    if (!isRecord(group)) return;
    const { path, place } = referrers[at]!;
    const first = places.get(group["name"]) ?? place;
    places.set(group["name"], first);
    if (place !== first)
      issues.add(
        [...path, "group"],
        `is of slots that are evaluated elsewhere (${first} and ${place}): give its slot the same "evaluate"`,
      );
  });
}
