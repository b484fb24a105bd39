import fc from "fast-check";
import type {
  Condition,
  Definition,
  EventEntry,
  ExperimentDefinition,
  Schedule,
  SlotDefinition,
} from "../../src/index.ts";

export const START = 1_700_000_000_000;
const SESSION = 30 * 60_000;
/** Distances at which something may begin or end. */
const DISTANCES = [0, 1, 999, 1_000, 1_001, 2_000, SESSION - 1, SESSION, SESSION + 1];

const instant = fc.constantFrom(...DISTANCES).map((ms) => START + ms);
const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  instant.map((from) => ({ from })),
  instant.map((to) => ({ to: new Date(to).toISOString() })),
  fc.tuple(instant, fc.constantFrom(1, 1_000, SESSION)).map(([from, ms]) => ({ from, to: from + ms })),
);
const condition = fc.constantFrom<Condition[]>(
  { all: [] },
  { all: [] },
  { any: [] },
  { count: "A", within: "1s", gte: 1 },
  { not: { count: "A", gte: 2 } },
  { segment: "keen" },
);
const within = fc.constantFrom("1s" as const, "session" as const, undefined);

function optional<Value extends object>(key: string, arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<Value> {
  return fc
    .option(arbitrary, { nil: undefined, freq: 2 })
    .map((value) => (value === undefined ? {} : { [key]: value }) as Value);
}

const cap = (variant: string | undefined): fc.Arbitrary<object> =>
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), within)
    .map(([max, length]) => ({ max, ...(variant && { variant }), ...(length && { within: length }) }));

const slot: fc.Arbitrary<SlotDefinition> = fc
  .tuple(
    fc.tuple(condition, optional("schedule", schedule)),
    fc.tuple(condition, optional("schedule", schedule)),
    fc.array(fc.oneof(cap("a"), cap("b"), cap(undefined)), { maxLength: 2 }),
    optional("schedule", schedule),
    fc.boolean(),
  )
  .map(([first, second, caps, open, isBare]) => ({
    variants: [
      { id: "a", when: first[0], content: {}, ...first[1] },
      { id: "b", when: second[0], content: {}, ...second[1] },
    ],
    cap: caps as never,
    ...open,
    ...(!isBare && { fallback: { content: {} } }),
  }));

const weights = fc.constantFrom([0.5, 0.5], [0.1, 0.9], [1, 0], undefined);
const experiment: fc.Arbitrary<ExperimentDefinition> = fc
  .tuple(
    weights,
    optional<{ audience: Condition }>("audience", condition),
    optional<{ schedule: Schedule }>("schedule", schedule),
    optional<{ holdout: number }>("holdout", fc.constantFrom(0, 0.3, 0.9)),
    optional<{ coverage: number }>("coverage", fc.constantFrom(0, 0.5, 1)),
    optional<{ group: { name: string; range: [number, number] } }>(
      "group",
      fc.record({
        name: fc.constantFrom("g", "h"),
        range: fc.constantFrom([0, 0.5], [0.5, 1], [0, 1], [0.3, 0.7]),
      }),
    ),
    optional<{ status: "running" }>("status", fc.constantFrom("running", "stopped")),
    fc.constantFrom("hero", "hero", "bar"),
  )
  .map(([shares, audience, open, holdout, coverage, group, status, place]) => ({
    slot: place,
    variants: ["control", "bold"].map((id, at) => ({
      id,
      ...(shares && { weight: shares[at]! }),
      ...(id === "bold" && { content: { title: "Bold" } }),
    })),
    ...audience,
    ...open,
    ...holdout,
    ...coverage,
    ...group,
    ...status,
  }));

/** Definitions of slots and experiments, over a small language. */
export const decided: fc.Arbitrary<Definition> = fc
  .record({ hero: slot, bar: slot, x: experiment, y: experiment })
  .map(({ hero, bar, x, y }) => ({
    segments: { keen: { count: "A", gte: 1 } },
    slots: { hero, bar },
    experiments: { x, y },
  }));

const happening = fc.oneof(
  fc.constantFrom({ name: "A" }, { name: "B" }),
  fc
    .record({ slot: fc.constantFrom("hero", "bar"), variant: fc.constantFrom("a", "b", "bold") })
    .map((properties) => ({ name: "Slot Viewed", properties })),
  fc
    .record({
      experiment_id: fc.constantFrom("x", "y", "z"),
      variation_id: fc.constantFrom("control", "bold", "holdout", "gone"),
    })
    .map((properties) => ({ name: "Experiment Viewed", properties })),
);

/** Logs, in any order. */
export const happenings: fc.Arbitrary<EventEntry[]> = fc
  .array(fc.tuple(happening, fc.constantFrom(...DISTANCES), fc.constantFrom("a", "Z", "0")), {
    minLength: 1,
    maxLength: 9,
  })
  .map((all) =>
    all.map(([event, ms, letter], at) => ({
      type: "event",
      id: `${letter}${at}`,
      timestamp: START + ms,
      ...event,
    })),
  );

/** Instants after all of that, near to where something may change, in order. */
export const instants = fc
  .uniqueArray(fc.constantFrom(...DISTANCES.flatMap((ms) => [ms, ms + 1_000, ms + SESSION])), {
    minLength: 1,
    maxLength: 5,
  })
  .map((list) => list.sort((a, b) => a - b).map((ms) => START + SESSION + 1 + ms));
