import fc from "fast-check";
import type { EventEntry } from "../../src/index.ts";
import { DAY, event, HOUR } from "../kit/entries.ts";

/** Times between two events, ms: none, and those about the edges of the presets' default bounds. */
const GAPS = [0, 2 * HOUR, 7 * DAY, 14 * DAY, 30 * DAY, 60 * DAY, 90 * DAY, 120 * DAY, 180 * DAY, 240 * DAY]
  .flatMap((ms) => [ms - 1, ms, ms + 1])
  .filter((ms) => ms >= 0);

/** A time up to `longest`: one about an edge, or a short one or any, to make runs of events. */
function gap(longest: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...GAPS.filter((ms) => ms <= longest + 1)) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: Math.round(longest / 12) }) },
  );
}

const START = 1_700_000_000_000;
const total = fc.oneof(
  fc.constantFrom(0, 49.99, 50, 150, 399.9999, 400, 1000, -20),
  fc.double({ min: 0, max: 500, noNaN: true }),
);

/** A customer's events in order of time, and the time that passes after each, ms. */
export interface History {
  events: EventEntry[];
  quiet: number[];
}

/** Histories of these events, with a `total` on each, and at most so long (ms) from one to the next. */
export function histories(names: readonly string[], longest = 240 * DAY): fc.Arbitrary<History> {
  const time = gap(longest);
  const happening = fc.record({ name: fc.constantFrom(...names), gap: time, total, quiet: time });
  return fc.array(happening, { minLength: 1, maxLength: 20 }).map((list) => {
    let now = START;
    const events = list.map(({ name, gap, total, quiet }, at) => {
      const timestamp = now + gap;
      now = timestamp + quiet;
      return event(name, timestamp, { total }, String(at));
    });
    return { events, quiet: list.map(({ quiet }) => quiet) };
  });
}
