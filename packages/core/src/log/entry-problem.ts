import { isObject } from "./is-object.ts";

/** The furthest instant that a `Date` can hold, in ms either side of 1970. */
export const MAX_TIMESTAMP = 8.64e15;

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
  let path = "";
  try {
    if (isPlainObject(value)) {
      const { type, id, name, timestamp, properties = {}, traits } = value;
      const isEvent = type === "event";
      const kept = isEvent ? properties : traits;
      if (!isText(id, MAX_ID)) path = "id";
      else if (!isTimestamp(timestamp)) path = "timestamp";
      else if (!isEvent && type !== "identify") path = "type";
      else if (isEvent && !isText(name, MAX_NAME)) path = "name";
      else {
        path = isEvent ? "properties" : "traits";
        // Depth first: JSON.stringify itself would overflow the stack on what is far too deep.
        if (isPlainObject(kept))
          return isDeeper(kept, MAX_DEPTH) || JSON.stringify(kept).length > MAX_PROPERTIES
            ? { reason: "too_large", path }
            : undefined;
      }
    }
  } catch {
    // A getter or a proxy that throws, or what JSON does not know.
  }
  return { reason: "invalid", path };
}

function isText(value: unknown, most: number): boolean {
  return typeof value === "string" && value !== "" && value.length <= most;
}

/** Whether objects and lists nest deeper than so many levels. What holds itself does. */
export function isDeeper(value: unknown, levels: number): boolean {
  return isObject(value) && (!levels || Object.values(value).some((inner) => isDeeper(inner, levels - 1)));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !Array.isArray(value);
}
