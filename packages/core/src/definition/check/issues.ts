import type { DefinitionIssue } from "../definition-error.ts";
import { regexChecker } from "./regex-safety.ts";

/** Where in the definition: keys and list positions from its root. */
export type Path = readonly (string | number)[];

const MAX_SUGGESTIONS = 25;

/** Collects what is wrong with a definition, all of it. */
export class Issues {
  readonly found: DefinitionIssue[] = [];
  /** What keeps a pattern from being run on what strangers send, if anything does. */
  readonly regexProblem = regexChecker();

  add(path: Path, message: string): void {
    this.found.push({ path: formatPath(path), message });
  }

  /** What an unknown word may have meant; for the first issues only, since to look through thousands of words takes long. */
  suggestion(word: unknown, known: readonly string[]): string {
    return typeof word === "string" && this.found.length < MAX_SUGGESTIONS ? didYouMean(word, known) : "";
  }

  /** Refuses the keys of `value` that are not `allowed`. */
  unknownKeys(value: object, allowed: readonly string[], path: Path): void {
    for (const key of Object.keys(value)) {
      if (!allowed.includes(key)) this.add([...path, key], `unknown key${didYouMean(key, allowed)}`);
    }
  }

  /** Whether `value` is a JSON object; says so where it is not. */
  isObject(value: unknown, path: Path, wanted: string): value is Record<string, unknown> {
    if (isRecord(value)) return true;
    this.add(path, `must be ${wanted}, not ${describe(value)}`);
    return false;
  }

  isArray(value: unknown, path: Path, wanted: string): value is unknown[] {
    const isWhole = Array.isArray(value) && Object.keys(value).length >= value.length;
    if (!isWhole)
      this.add(path, `must be ${wanted}, not ${Array.isArray(value) ? "one with holes" : describe(value)}`);
    return isWhole;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value in a few words. */
export function describe(value: unknown): string {
  if (value === undefined) return "missing";
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "an object";
  return `a ${typeof value}`;
}

/** " (did you mean …?)" where one of the known words is close, else the words themselves. */
export function didYouMean(word: string, known: readonly string[]): string {
  const closest = closestTo(word, known);
  if (closest !== undefined) return `: did you mean ${JSON.stringify(closest)}?`;
  return known.length > 0 && known.length <= 20 ? `; known are ${known.join(", ")}` : "";
}

/** Whether one of the known words may have been meant. */
export function isClose(word: string, known: readonly string[]): boolean {
  return closestTo(word, known) !== undefined;
}

function closestTo(word: string, known: readonly string[]): string | undefined {
  const [closest] = known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length * 0.4)))
    .sort((a, b) => a.distance - b.distance);
  return closest?.candidate;
}

/** Levenshtein distance; of long words only the first 64 characters count. */
function editDistance(a: string, b: string): number {
  const left = a.slice(0, 64);
  const right = b.slice(0, 64);
  let row = Array.from({ length: right.length + 1 }, (_none, at) => at);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const substitution = row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, substitution));
    }
    row = next;
  }
  return row[right.length]!;
}

function formatPath(path: Path): string {
  return path
    .map((part, at) => (typeof part === "number" ? `[${part}]` : `${at === 0 ? "" : "."}${part}`))
    .join("");
}
