import { checkExpressions } from "../definition/check/check-content.ts";
import { describe, type Issues, type Path } from "../definition/check/issues.ts";

/** Longest name of a receiver, a template, an event: characters. */
const MAX_NAME = 200;

/** Checks the object of JSON at a key, which may be missing unless the step is known by it. */
export function checkData(
  { issues, measures }: { issues: Issues; measures: Readonly<Record<string, unknown>> },
  step: Readonly<Record<string, unknown>>,
  key: string,
  path: Path,
): void {
  const data = step[key];
  const at = [...path, key];
  if (data !== undefined && issues.isObject(data, at, "an object"))
    checkExpressions(issues, data, measures, at, ["traits", "measures"]);
}

export function checkName(issues: Issues, name: unknown, wanted: string, path: Path): void {
  if (typeof name !== "string" || name === "" || name.length > MAX_NAME)
    issues.add(path, `must be ${wanted}, not ${describe(name)}`);
}
