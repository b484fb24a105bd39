/** The furthest instant that a `Date` can hold, in ms either side of 1970. */
const MAX_TIMESTAMP = 8.64e15;

/** Longest id, event name: UTF-16 code units. */
const MAX_ID = 128;
const MAX_NAME = 200;

/** An event's properties or an identify's traits: characters of JSON, and levels of nesting. */
export const MAX_PROPERTIES = 16_384;
export const MAX_DEPTH = 8;

export interface EntryProblem {
  /** Stable: `invalid` for a wrong shape, `too_large` for a limit. */
  reason: "invalid" | "too_large";
  /** What is wrong, where, and what to do. */
  message: string;
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
    return invalid("an entry must be plain JSON");
  }
}

function shapeProblem(value: unknown): EntryProblem | undefined {
  if (!isPlainObject(value)) return invalid("an entry must be an object");
  const { type, id, name, timestamp } = value;
  if (typeof id !== "string" || id === "" || id.length > MAX_ID)
    return invalid(`id must be a string of 1 to ${MAX_ID} characters`);
  if (!isTimestamp(timestamp)) return invalid("timestamp must be an integer: milliseconds since 1970, UTC");
  if (type === "identify") return objectProblem("traits", value["traits"]);
  if (type !== "event") return invalid('type must be "event" or "identify"');
  if (typeof name !== "string" || name === "" || name.length > MAX_NAME)
    return invalid(`name must be a string of 1 to ${MAX_NAME} characters`);
  return value["properties"] === undefined ? undefined : objectProblem("properties", value["properties"]);
}

function objectProblem(key: string, value: unknown): EntryProblem | undefined {
  if (!isPlainObject(value)) return invalid(`${key} must be an object`);
  // Depth first: JSON.stringify itself would overflow the stack on what is far too deep.
  if (isDeeper(value, MAX_DEPTH)) return tooLarge(`${key} may nest ${MAX_DEPTH} deep at most`);
  let size: number;
  try {
    size = JSON.stringify(value).length;
  } catch {
    return invalid(`${key} must be plain JSON`);
  }
  if (size > MAX_PROPERTIES) return tooLarge(`${key} may be ${MAX_PROPERTIES} characters of JSON at most`);
  return undefined;
}

/** Whether objects and lists nest deeper than so many levels. What holds itself does. */
export function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  for (const key of Object.keys(value)) {
    if (isDeeper((value as Record<string, unknown>)[key], levels - 1)) return true;
  }
  return false;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(message: string): EntryProblem {
  return { reason: "invalid", message };
}

function tooLarge(message: string): EntryProblem {
  return { reason: "too_large", message };
}
