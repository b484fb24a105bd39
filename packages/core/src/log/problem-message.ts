import { MAX_DEPTH, MAX_ID, MAX_NAME, MAX_PROPERTIES, type EntryProblem } from "./entry-problem.ts";

const RULES: Readonly<Record<string, string>> = {
  id: `must be a string of 1 to ${MAX_ID} characters`,
  timestamp: "must be an integer: milliseconds since 1970, UTC",
  type: 'must be "event" or "identify"',
  name: `must be a string of 1 to ${MAX_NAME} characters`,
};

/** What is wrong with an entry and what to write instead. A device reports the reason and the path alone. */
export function problemMessage({ reason, path }: EntryProblem): string {
  if (path === "") return "an entry must be an object of plain JSON";
  if (reason === "too_large")
    return `${path} may be ${MAX_PROPERTIES} characters of JSON and nest ${MAX_DEPTH} deep at most`;
  return `${path} ${RULES[path] ?? "must be an object of plain JSON"}`;
}
