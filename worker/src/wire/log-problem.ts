import { entryProblem, type Entry, type EntryProblem } from "@murmur/core";

/** Half of a pair of UTF-16 code units, as is left where a text was cut within a character. */
const HALF_CHARACTER = /\p{Surrogate}/u;

/**
 * Says what keeps `value` from being an entry of a log at the edge, as `entryProblem` does of any log. Half a character in an id
 * would be another one once it was stored: a device would not know its own entry when it comes back.
 */
export function logProblem(value: unknown): EntryProblem | undefined {
  const problem = entryProblem(value);
  if (problem || !HALF_CHARACTER.test((value as Entry).id)) return problem;
  return { reason: "invalid", path: "id" };
}
