import type { Place } from "../place.ts";
import { describe, isRecord, type Issues, type Path } from "./issues.ts";

const PLACES = ["both", "edge", "device"];

/** Where something is evaluated, as far as it says so in the right form. */
export function placeOf(value: unknown): Place {
  const place = isRecord(value) ? value["evaluate"] : undefined;
  return place === "edge" || place === "device" ? place : "both";
}

export function checkPlace(issues: Issues, holder: Record<string, unknown>, path: Path): void {
  checkOneOf(issues, holder["evaluate"], PLACES, [...path, "evaluate"]);
}

/** Checks that a value, where there is one, is one of these words. */
export function checkOneOf(issues: Issues, value: unknown, words: readonly string[], path: Path): void {
  if (value !== undefined && !words.includes(value as string))
    issues.add(path, `must be one of ${words.join(", ")}, not ${describe(value)}`);
}

/** Checks that a value, where there is one, is a text. */
export function checkText(issues: Issues, text: unknown, path: Path): void {
  if (text !== undefined && typeof text !== "string")
    issues.add(path, `must be a string, not ${describe(text)}`);
}
