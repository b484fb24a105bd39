import fc from "fast-check";
import { parseDuration, type Entry } from "../../src/index.ts";
import { EVENT_NAMES, properties, traits, WINDOWS } from "./arbitrary-selectors.ts";

/** What a host does with a profile. */
export type Step =
  | { do: "take"; entry: Entry }
  | { do: "advance"; now: number }
  | { do: "restore" }
  /** The whole log once more: rotated by so many, and some of it twice. */
  | { do: "replay"; rotate: number };

const START = 1_700_000_000_000;

/** A session ends so long after its last event, ms. */
const SESSION = 30 * 60_000;

/** Distances of entries: none, those about the edge of every window, and halves of them. */
const DISTANCES = [0, 1, 2, 5, ...WINDOWS.map((window) => parseDuration(window)!)].flatMap((ms) =>
  ms < 3 ? [ms] : [ms - 1, ms, ms + 1],
);
const SESSION_DISTANCES = [SESSION / 2, SESSION - 1, SESSION, SESSION + 1];

/** Sooner than any of these, nothing can change any more. */
export const LATER = 2 * SESSION;

const ahead = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...DISTANCES) },
  { weight: 1, arbitrary: fc.constantFrom(...SESSION_DISTANCES) },
);

/** From the clock on, or, late, back from it. */
const distance = fc.oneof({ weight: 4, arbitrary: ahead }, { weight: 1, arbitrary: ahead.map((ms) => -ms) });

/** Ids whose order is not that of the entries. */
const letter = fc.constantFrom("a", "Z", "é", "0");

type Plan = (clock: number, id: string) => Step;

const recording: fc.Arbitrary<Plan> = fc
  .tuple(letter, distance, fc.constantFrom(...EVENT_NAMES), fc.option(properties, { nil: undefined }))
  .map(([first, ms, name, held]) => (clock, id) => ({
    do: "take",
    entry: {
      type: "event",
      id: first + id,
      timestamp: clock + ms,
      name,
      ...(held && { properties: held }),
    },
  }));

const identifying: fc.Arbitrary<Plan> = fc
  .tuple(letter, distance, traits)
  .map(([first, ms, held]) => (clock, id) => ({
    do: "take",
    entry: { type: "identify", id: first + id, timestamp: clock + ms, traits: held },
  }));

const advancing: fc.Arbitrary<Plan> = fc
  .oneof(ahead, fc.constant(5_000))
  .map((ms) => (clock) => ({ do: "advance", now: clock + ms }));

const restoring: fc.Arbitrary<Plan> = fc.constant(() => ({ do: "restore" }));

const replaying: fc.Arbitrary<Plan> = fc.nat(7).map((rotate) => () => ({ do: "replay", rotate }));

function stepsOf(plan: fc.Arbitrary<Plan>): fc.Arbitrary<Step[]> {
  return fc.array(plan, { minLength: 1, maxLength: 14 }).map((plans) => {
    let clock = START;
    return plans.map((make, at) => {
      const step = make(clock, String(at));
      clock = Math.max(clock, instantOf(step) ?? clock);
      return step;
    });
  });
}

/** Everything that a host does, in any order. */
export const steps: fc.Arbitrary<Step[]> = stepsOf(
  fc.oneof(
    { weight: 8, arbitrary: recording },
    { weight: 2, arbitrary: identifying },
    { weight: 3, arbitrary: advancing },
    { weight: 1, arbitrary: restoring },
    { weight: 1, arbitrary: replaying },
  ),
);

/** A log, some of it late. */
export const log: fc.Arbitrary<Entry[]> = stepsOf(
  fc.oneof({ weight: 4, arbitrary: recording }, { weight: 1, arbitrary: identifying }),
).map((taken) => taken.flatMap((step) => (step.do === "take" ? [step.entry] : [])));

/** The instant that a step names, if any. */
export function instantOf(step: Step): number | undefined {
  if (step.do === "take") return step.entry.timestamp;
  return step.do === "advance" ? step.now : undefined;
}
