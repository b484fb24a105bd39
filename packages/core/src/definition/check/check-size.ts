import { isDeeper } from "../../log/entry-problem.ts";
import type { Issues, Path } from "./issues.ts";

/** Characters of JSON that one segment, measure, slot or experiment may take. */
const MAX_SIZE = 65_536;

/** How deep its JSON may nest: beyond what any condition needs. */
const MAX_NESTING = 128;

/** Whether a part of a definition is too large to be looked at; says so. */
export function isTooLarge(issues: Issues, value: unknown, path: Path): boolean {
  // What is no JSON at all is for the check of its shape to name.
  if (typeof value !== "object" || value === null) return false;
  if (isDeeper(value, MAX_NESTING)) {
    issues.add(path, `nests deeper than ${MAX_NESTING}, or holds itself: flatten it`);
    return true;
  }
  let size: number;
  try {
    size = JSON.stringify(value).length;
  } catch {
    issues.add(path, "must be plain JSON");
    return true;
  }
  if (size > MAX_SIZE) issues.add(path, `takes ${size} characters of JSON, more than ${MAX_SIZE}: split it`);
  return size > MAX_SIZE;
}
