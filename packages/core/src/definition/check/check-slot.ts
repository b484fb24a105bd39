import { parseDuration } from "../duration.ts";
import { checkCondition, type SegmentReference } from "./check-condition.ts";
import { checkContent } from "./check-content.ts";
import { checkPlace, placeOf } from "./check-place.ts";
import type { Referrer } from "./check-references.ts";
import { checkSchedule } from "./check-schedule.ts";
import { checkDuration } from "./check-selector.ts";
import { isTooLarge } from "./check-size.ts";
import { describe, type Issues, type Path } from "./issues.ts";

type Measures = Readonly<Record<string, unknown>>;

/** Checks a slot; returns what it needs of others. */
export function checkSlot(issues: Issues, name: string, slot: unknown, measures: Measures): Referrer {
  const path = ["slots", name];
  const references: SegmentReference[] = [];
  const referrer = { path, place: placeOf(slot), references };
  if (!issues.isObject(slot, path, "an object with variants") || isTooLarge(issues, slot, path))
    return referrer;
  issues.unknownKeys(slot, ["variants", "fallback", "cap", "schedule", "timeout", "evaluate"], path);
  checkPlace(issues, slot, path);
  checkSchedule(issues, slot, path);
  checkTimeout(issues, slot["timeout"], [...path, "timeout"]);
  const fallback = slot["fallback"];
  if (
    Object.hasOwn(slot, "fallback") &&
    issues.isObject(fallback, [...path, "fallback"], "an object with content")
  ) {
    issues.unknownKeys(fallback, ["content"], [...path, "fallback"]);
    checkContent(issues, fallback["content"], measures, [...path, "fallback", "content"]);
  }
  const variants = slot["variants"];
  if (!issues.isArray(variants, [...path, "variants"], "a list of variants")) return referrer;
  const ids: string[] = [];
  variants.forEach((variant: unknown, position) => {
    const at = [...path, "variants", position];
    if (!issues.isObject(variant, at, "an object with id, when, content")) return;
    issues.unknownKeys(variant, ["id", "when", "content", "schedule"], at);
    checkId(issues, variant["id"], ids, "slot", [...at, "id"]);
    checkSchedule(issues, variant, at);
    checkContent(issues, variant["content"], measures, [...at, "content"]);
    checkCondition({ issues, measures, references }, variant["when"], [...at, "when"]);
  });
  checkCaps(issues, slot["cap"], ids, [...path, "cap"]);
  return referrer;
}

/** Checks a variant's id, and adds it to those that its holder has. */
export function checkId(issues: Issues, id: unknown, known: string[], holder: string, path: Path): void {
  if (typeof id !== "string" || id === "") return issues.add(path, "must be a string");
  if (known.includes(id)) issues.add(path, `${describe(id)} stands twice in this ${holder}`);
  known.push(id);
}

function checkTimeout(issues: Issues, timeout: unknown, path: Path): void {
  if (timeout === undefined || (typeof timeout === "number" && timeout >= 0 && Number.isFinite(timeout)))
    return;
  if (parseDuration(timeout) === undefined)
    issues.add(path, `must be a duration, as "500ms", or ms, not ${describe(timeout)}`);
}

function checkCaps(issues: Issues, cap: unknown, variants: readonly string[], path: Path): void {
  if (cap === undefined) return;
  if (Array.isArray(cap)) cap.forEach((each, at) => checkCap(issues, each, variants, [...path, at]));
  else checkCap(issues, cap, variants, path);
}

function checkCap(issues: Issues, cap: unknown, variants: readonly string[], path: Path): void {
  if (!issues.isObject(cap, path, 'an object as { variant: "rescue", max: 3, within: "7d" }')) return;
  issues.unknownKeys(cap, ["variant", "max", "within"], path);
  const { variant, max, within } = cap;
  if (variant !== undefined && !variants.includes(variant as string))
    issues.add(
      [...path, "variant"],
      `this slot has no variant ${describe(variant)}${issues.suggestion(variant, variants)}`,
    );
  if (!Number.isSafeInteger(max) || (max as number) < 1)
    issues.add([...path, "max"], `must be a whole number, 1 or more, not ${describe(max)}`);
  if (within !== undefined && within !== "session") checkDuration(issues, within, 1, [...path, "within"]);
}
