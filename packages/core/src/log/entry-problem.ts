import { isObject } from "./is-object.ts";

/** The furthest instant that a `Date` can hold, in ms either side of 1970. */
const MAX_TIMESTAMP = 8.64e15;

/** Longest id, event name: UTF-16 code units. */
export const MAX_ID = 128;
export const MAX_NAME = 200;

/** An event's properties or an identify's traits: characters of JSON, and levels of nesting. */
export const MAX_PROPERTIES = 16_384;
export const MAX_DEPTH = 8;

/** What keeps a value from being an entry. `problemMessage` says in words what is wrong and what to do. */
export interface EntryProblem {
  /** Stable: `invalid` for a wrong shape, `too_large` for a limit. */
  reason: "invalid" | "too_large";
  /** The member at fault; empty when it is the whole. */
  path: string;
}

/** Whether `timestamp` is an instant that the language can place: integer milliseconds within the range of `Date`. */
export function isTimestamp(timestamp: unknown): timestamp is number {
  return Number.isInteger(timestamp) && Math.abs(timestamp as number) <= MAX_TIMESTAMP;
}

/** Says what keeps `value` from being an entry of a log, or nothing when it is one. Never throws. */
export function entryProblem(value: unknown): EntryProblem | undefined {
  try {
    return shapeProblem(value);
  } catch {
    // A getter or a proxy that throws: no JSON does.
    return invalid("");
  }
}

function shapeProblem(value: unknown): EntryProblem | undefined {
  if (!isPlainObject(value)) return invalid("");
  const { type, id, name, timestamp, properties = {}, traits } = value;
  if (!isText(id, MAX_ID)) return invalid("id");
  if (!isTimestamp(timestamp)) return invalid("timestamp");
  if (type === "identify") return objectProblem("traits", traits);
  if (type !== "event") return invalid("type");
  return isText(name, MAX_NAME) ? objectProblem("properties", properties) : invalid("name");
}

function isText(value: unknown, most: number): boolean {
  return typeof value === "string" && value !== "" && value.length <= most;
}

function objectProblem(path: string, value: unknown): EntryProblem | undefined {
  if (!isPlainObject(value)) return invalid(path);
  try {
    // Depth first: JSON.stringify itself would overflow the stack on what is far too deep.
    const fits = !isDeeper(value, MAX_DEPTH) && JSON.stringify(value).length <= MAX_PROPERTIES;
    return fits ? undefined : { reason: "too_large", path };
  } catch {
    return invalid(path);
  }
}

/** Whether objects and lists nest deeper than so many levels. What holds itself does. */
export function isDeeper(value: unknown, levels: number): boolean {
  if (!isObject(value)) return false;
  if (levels === 0) return true;
  for (const key of Object.keys(value)) {
    if (isDeeper((value as Record<string, unknown>)[key], levels - 1)) return true;
  }
  return false;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !Array.isArray(value);
}

function invalid(path: string): EntryProblem {
  return { reason: "invalid", path };
}
