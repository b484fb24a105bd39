import { parseDuration } from "../duration.ts";
import { checkFilter } from "./check-filter.ts";
import { describe, type Issues, type Path } from "./issues.ts";

/** Checks which events are meant: a name, or names with a filter. */
export function checkSelector(issues: Issues, selector: unknown, path: Path): void {
  if (typeof selector === "string") return checkName(issues, selector, path);
  if (!issues.isObject(selector, path, 'an event name or { event: "Product Viewed", where: {…} }')) return;
  issues.unknownKeys(selector, ["event", "where"], path);
  const names = selector["event"];
  if (!Array.isArray(names)) checkName(issues, names, [...path, "event"]);
  else if (names.length === 0) issues.add([...path, "event"], "must name at least one event");
  else names.forEach((name, at) => checkName(issues, name, [...path, "event", at]));
  if (Object.hasOwn(selector, "where")) checkFilter(issues, selector["where"], [...path, "where"]);
}

function checkName(issues: Issues, name: unknown, path: Path): void {
  if (typeof name !== "string" || name === "")
    issues.add(path, `must be an event name, not ${describe(name)}`);
}

/** Checks a duration of at least so many ms. */
export function checkDuration(issues: Issues, duration: unknown, least: number, path: Path): void {
  const ms = parseDuration(duration);
  if (ms === undefined)
    issues.add(
      path,
      `must be a duration, as "90s", "2h" or "7d" (units ms s m h d w), not ${describe(duration)}`,
    );
  else if (ms < least) issues.add(path, "must be longer than nothing");
}

/** The event names that conditions or measures read, as far as they are of the right form. */
export function namesRead(value: unknown, depth = 0): string[] {
  if (typeof value !== "object" || value === null || depth > MAX_READ) return [];
  if (Array.isArray(value)) return value.flatMap((each) => namesRead(each, depth + 1));
  return Object.entries(value).flatMap(([key, inner]) => {
    if (NO_CONDITIONS.has(key)) return [];
    if (!SELECTOR_KEYS.has(key)) return namesRead(inner, depth + 1);
    const selectors = Array.isArray(inner) ? inner : [inner];
    return selectors.flatMap((selector: unknown) => selectorNames(selector, depth));
  });
}

const MAX_READ = 64;
/** Keys under which names are values, whatever their words: filters, and what a step of a journey says. */
export const NO_CONDITIONS: ReadonlySet<string> = new Set([
  "where",
  "trait",
  "context",
  "data",
  "properties",
]);
/** Keys that hold a selector, a list of them, or conditions. */
const SELECTOR_KEYS: ReadonlySet<string> = new Set([
  "count",
  "of",
  "sinceLast",
  "sinceFirst",
  "after",
  "without",
  "sequence",
]);

function selectorNames(selector: unknown, depth: number): string[] {
  if (typeof selector === "string") return [selector];
  const event = (selector as { event?: unknown } | null)?.event;
  // `of` holds conditions beside `atLeast`.
  if (event === undefined) return namesRead(selector, depth + 1);
  return [event].flat().filter((name): name is string => typeof name === "string");
}
