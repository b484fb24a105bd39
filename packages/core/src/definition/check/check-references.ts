import type { Place } from "../place.ts";
import type { SegmentReference } from "./check-condition.ts";
import { describe, type Issues, type Path } from "./issues.ts";

/** How long a chain of segments that need each other may be, and how many references it may come to. */
const MAX_CHAIN = 32;
const MAX_REFERENCES = 1_000;

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
  others: readonly Referrer[],
): void {
  for (const referrer of [...segments.values(), ...others]) {
    for (const { id, path } of referrer.references)
      checkReference(issues, segments, referrer.place, id, path);
  }
  checkCycles(issues, segments, new Map());
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
    issues.add(path, `unknown segment ${describe(id)}${issues.suggestion(id, [...segments.keys()])}`);
  } else if (target.place !== "both" && target.place !== place) {
    issues.add(
      path,
      `${describe(id)} is known only ${target.place === "edge" ? "at the edge" : "on the device"}: ` +
        `mark what needs it "evaluate": "${target.place}"`,
    );
  }
}

/** What stands below a segment when every reference is written out. */
interface Reach {
  chain: number;
  references: number;
}

function checkCycles(
  issues: Issues,
  segments: ReadonlyMap<string, Referrer>,
  done: Map<string, Reach>,
): void {
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
        done.set(top.id, reach(issues, segments.get(top.id)!, done));
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

/** Measures what a segment needs, below which everything is done, and says so when it is too much. */
function reach(issues: Issues, { path, references }: Referrer, done: ReadonlyMap<string, Reach>): Reach {
  const below = references.map(({ id }) => done.get(id as string) ?? { chain: 0, references: 0 });
  const chain = 1 + below.reduce((longest, each) => Math.max(longest, each.chain), 0);
  const total = below.reduce((sum, each) => sum + 1 + each.references, 0);
  if (chain <= MAX_CHAIN && total <= MAX_REFERENCES) return { chain, references: total };
  const limit = chain > MAX_CHAIN ? `a chain of ${MAX_CHAIN}` : `${MAX_REFERENCES} references`;
  issues.add(path, `needs more than ${limit} to other segments, all counted: flatten it`);
  // Said once: what needs this segment is not at fault for it.
  return { chain: 0, references: 0 };
}
