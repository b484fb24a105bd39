import { compile, type Profile, type Program } from "@murmur/core";
import { figure, medianOf, timed, type Figures } from "./figures.ts";

const SEGMENTS = 1_000;
const CHANGES = [0, 10, 100, 1_000];
const MONTH = 30 * 864e5;
const STEPS = 1_000;
const ROUNDS = 15;
const START = Date.UTC(2026, 0, 1);

/** What a month costs in which nothing happens but time, at once and step by step. */
export function quietMonth(): Figures {
  const program = compile({
    segments: Object.fromEntries(
      Array.from({ length: SEGMENTS }, (_, at) => [
        `gone-from-${at}`,
        {
          sinceLast: { event: "Product Viewed", where: { category: `category-${at}` } },
          // Spread over the month, so that each comes due at an instant of its own.
          gte: `${Math.floor(((at + 0.5) * MONTH) / SEGMENTS)}ms`,
        },
      ]),
    ),
  });
  return {
    title: "A quiet month: advancing by 30 days, 1,000 segments",
    columns: [
      "memberships that change",
      "one advance, µs",
      "1,000 small ones, µs",
      "ratio",
      "one, µs a change",
    ],
    rows: CHANGES.map((changes) => {
      const once = cost(program, changes, 1);
      const inSteps = cost(program, changes, STEPS);
      const each = changes === 0 ? "" : figure(once / changes);
      return [figure(changes), figure(once), figure(inSteps), `${(inSteps / once).toFixed(1)}×`, each];
    }),
    notes: ["a small advance is 43.2 minutes"],
  };
}

function cost(program: Program, changes: number, steps: number): number {
  return medianOf(ROUNDS, () => {
    const profile = visited(program, changes);
    let seen = 0;
    const time = timed(() => {
      for (let step = 1; step <= steps; step++)
        seen += profile.advance(START + (MONTH / steps) * step).length;
    });
    if (seen !== changes) throw new Error(`${seen} memberships changed, not ${changes}`);
    return time * 1_000;
  });
}

/** A profile that has viewed a product of so many categories, evenly spread, all at the same instant. */
function visited(program: Program, changes: number): Profile {
  const profile = program.profile();
  profile.advance(START);
  for (let at = 0; at < changes; at++) {
    const category = `category-${Math.floor((at * SEGMENTS) / changes)}`;
    const event = { id: `view-${at}`, name: "Product Viewed", timestamp: START, properties: { category } };
    profile.record(event);
  }
  return profile;
}
