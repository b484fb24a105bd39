import type { Place } from "../definition.ts";
import type { SegmentReference } from "./check-condition.ts";
import { describe, didYouMean, type Issues, type Path } from "./issues.ts";

/** Something with conditions: where it is evaluated, and which segments it needs. */
export interface Referrer {
  path: Path;
  place: Place;
  references: readonly SegmentReference[];
}

/** Checks that every segment named is there, is known wherever it is needed, and does not need itself. */
export function checkReferences(
  issues: Issues,
  segments: ReadonlyMap<string, Referrer>,
  slots: readonly Referrer[],
): void {
  for (const referrer of [...segments.values(), ...slots]) {
    for (const { id, path } of referrer.references)
      checkReference(issues, segments, referrer.place, id, path);
  }
  checkCycles(issues, segments);
}

function checkReference(
  issues: Issues,
  segments: ReadonlyMap<string, Referrer>,
  place: Place,
  id: unknown,
  path: Path,
): void {
  const target = typeof id === "string" ? segments.get(id) : undefined;
  if (!target) {
    issues.add(path, `unknown segment ${describe(id)}${didYouMean(String(id), [...segments.keys()])}`);
  } else if (target.place !== "both" && target.place !== place) {
    issues.add(
      path,
      `${describe(id)} is known only ${target.place === "edge" ? "at the edge" : "on the device"}: ` +
        `mark what needs it "evaluate": "${target.place}"`,
    );
  }
}

function checkCycles(issues: Issues, segments: ReadonlyMap<string, Referrer>): void {
  const done = new Set<string>();
  for (const start of segments.keys()) {
    // A path of (segment, references left) instead of recursion: a chain may be as long as there are segments.
    const trail: { id: string; left: string[] }[] = [];
    const enter = (id: string): void => {
      const left = segments.get(id)!.references.map((reference) => reference.id as string);
      trail.push({ id, left: left.filter((next) => segments.has(next)) });
    };
    if (!done.has(start)) enter(start);
    for (let top = trail.at(-1); top; top = trail.at(-1)) {
      const next = top.left.pop();
      const at = trail.findIndex(({ id }) => id === next);
      if (next === undefined) {
        done.add(top.id);
        trail.pop();
      } else if (at >= 0) {
        const cycle = [...trail.slice(at).map(({ id }) => id), next].join(" → ");
        issues.add(segments.get(next)!.path, `needs itself: ${cycle}; take one of these references out`);
      } else if (!done.has(next)) {
        enter(next);
      }
    }
  }
}
