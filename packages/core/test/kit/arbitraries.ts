import fc from "fast-check";
import type {
  Comparison,
  Condition,
  Context,
  Definition,
  Duration,
  Filter,
  OwnMeasure,
  Scalar,
  SegmentDefinition,
  Selector,
} from "../../src/index.ts";
import {
  EVENT_NAMES,
  narrowing,
  path,
  SCALARS,
  selector,
  traitFilter,
  WINDOWS,
} from "./arbitrary-selectors.ts";

/** Their order is not the order in which they refer to each other. */
const SEGMENT_IDS = ["m", "c", "x", "a", "t", "B"];
const MEASURE_NAMES = ["views", "age", "spent"];

type Unit = "number" | "duration" | "scalar";

const duration = fc.constantFrom<Duration[]>("0ms", "1ms", ...WINDOWS, "30m");
const bounds: Record<Unit, fc.Arbitrary<number | Duration>> = {
  number: fc.constantFrom(0, 1, 2, 3, 1.5, -1, 0.1, 0.3, 1.0001, 9e11, -9e11, 1e308),
  duration,
  scalar: fc.constantFrom(0, 1, 2, -0.3),
};

/** Every kind of measure. The kinds that read a path are more, and so they are drawn more often. */
const measure: fc.Arbitrary<OwnMeasure> = fc
  .oneof(
    {
      weight: 2,
      arbitrary: fc.tuple(fc.constantFrom("count", "sinceLast", "sinceFirst"), selector, narrowing),
    },
    {
      weight: 5,
      arbitrary: fc.tuple(
        fc.constantFrom("sum", "avg", "min", "max", "distinct", "favorite", "first", "last"),
        selector,
        narrowing,
        path,
      ),
    },
  )
  .map(
    ([kind, of, narrow, at]) =>
      ({ ...(at === undefined ? { [kind]: of } : { [kind]: at, of }), ...narrow }) as unknown as OwnMeasure,
  );

function unitOf(written: OwnMeasure): Unit {
  if ("sinceLast" in written || "sinceFirst" in written) return "duration";
  return "favorite" in written || "first" in written || "last" in written ? "scalar" : "number";
}

function comparison(unit: Unit): fc.Arbitrary<Comparison> {
  const bound = bounds[unit];
  const ordered: fc.Arbitrary<Comparison>[] = [
    fc
      .tuple(fc.constantFrom("gt", "gte", "lt", "lte", "eq", "ne"), bound)
      .map(([kind, value]) => ({ [kind]: value })),
    fc.record({ between: fc.tuple(bound, bound) }),
  ];
  if (unit !== "scalar") return fc.oneof(...ordered);
  const scalar: fc.Arbitrary<Scalar> = fc.constantFrom<Scalar[]>(...SCALARS, 2, 0.1, "new");
  return fc.oneof(
    ...ordered,
    fc.record({ eq: scalar }),
    fc.record({ ne: scalar }),
    fc.record({ in: fc.array(scalar, { maxLength: 3 }) }),
  );
}

const measured = measure.chain((written) =>
  comparison(unitOf(written)).map((compare): Condition => ({ ...written, ...compare })),
);

/** Plain names mostly, so that there are runs; few of them, so that they repeat. */
const step: fc.Arbitrary<Selector> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Selector[]>(...EVENT_NAMES, { event: EVENT_NAMES }) },
  { weight: 1, arbitrary: selector },
);

const sequence: fc.Arbitrary<Condition> = fc
  .tuple(
    fc.array(step, { minLength: 1, maxLength: 4 }),
    fc.oneof(fc.constant({}), fc.record({ span: fc.constantFrom<Duration[]>("0ms", ...WINDOWS) })),
    fc.oneof(fc.constant({}), fc.record({ without: step })),
    fc.oneof(fc.constant({}), fc.record({ within: fc.constantFrom(...WINDOWS) })),
  )
  .map(([steps, ...limits]) => Object.assign({ sequence: steps }, ...limits) as Condition);

const ratio = fc.constantFrom(-1, -0.9, -0.5, -0.2, 0, 0.1, 0.5, 1);
const trend: fc.Arbitrary<Condition> = fc
  .tuple(
    fc.oneof(fc.record({ count: step }), fc.record({ sum: path, of: step })),
    fc.constantFrom(...WINDOWS),
    fc.constantFrom(1, 1, 2, 3),
    fc.oneof(fc.record({ lte: ratio }), fc.record({ gte: ratio })),
  )
  .map(([level, every, periods, change]) => ({ trend: level, every, periods, change }));

/** What a page or a request may be like: nowhere is it summer time everywhere. */
export const CONTEXTS: readonly Context[] = [
  { device: "mobile", timezone: "Europe/Berlin" },
  { device: "desktop", timezone: "Asia/Kathmandu", utm: { source: "mail" } },
];

const contextFilter = fc.constantFrom<Filter[]>(
  { device: "mobile" },
  { hour: { $gte: 0, $lt: 24 } },
  { hour: 23, weekday: 2 },
  { "utm.source": { $exists: false } },
  { timezone: { $ne: "Asia/Kathmandu" }, weekday: { $in: [1, 2, 3] } },
);

function leaf(segments: readonly string[], measures: Record<string, OwnMeasure>): fc.Arbitrary<Condition> {
  const leaves: { weight: number; arbitrary: fc.Arbitrary<Condition> }[] = [
    { weight: 10, arbitrary: measured },
    { weight: 4, arbitrary: sequence },
    { weight: 3, arbitrary: trend },
    { weight: 2, arbitrary: fc.record({ trait: traitFilter }) },
    { weight: 1, arbitrary: fc.record({ context: contextFilter }) },
  ];
  if (segments.length > 0)
    leaves.push({ weight: 2, arbitrary: fc.record({ segment: fc.constantFrom(...segments) }) });
  for (const [name, written] of Object.entries(measures)) {
    const named = comparison(unitOf(written)).map((compare) => ({ measure: name, ...compare }));
    leaves.push({ weight: 1, arbitrary: named });
  }
  return fc.oneof(...leaves);
}

function condition(
  segments: readonly string[],
  measures: Record<string, OwnMeasure>,
  depth: number,
): fc.Arbitrary<Condition> {
  const single = leaf(segments, measures);
  if (depth === 0) return single;
  const inner = condition(segments, measures, depth - 1);
  const list = fc.array(inner, { maxLength: 3 });
  return fc.oneof(
    { weight: 4, arbitrary: single },
    fc.record({ all: list }),
    fc.record({ any: list }),
    fc.record({ not: inner }),
    fc.record({ atLeast: fc.nat(3), of: list }),
  );
}

const measures: fc.Arbitrary<Record<string, OwnMeasure>> = fc
  .array(measure, { maxLength: MEASURE_NAMES.length })
  .map((list) => Object.fromEntries(list.map((written, at) => [MEASURE_NAMES[at]!, written])));

/** Definitions over the whole language; a segment refers only to those before it, so that there is no cycle. */
export const definition: fc.Arbitrary<Definition> = measures.chain((named) => {
  const whens = SEGMENT_IDS.map((_id, at) => condition(SEGMENT_IDS.slice(0, at), named, 2));
  return fc
    .tuple(
      fc.integer({ min: 1, max: SEGMENT_IDS.length }),
      fc.tuple(...whens),
      fc.constantFrom(undefined, "both", "device"),
      condition([], named, 1),
    )
    .map(([size, conditions, evaluate, shown]): Definition => ({
      measures: named,
      segments: Object.fromEntries(
        conditions
          .slice(0, size)
          .map((when, at): [string, SegmentDefinition | Condition] => [
            SEGMENT_IDS[at]!,
            evaluate ? { when, evaluate } : when,
          ]),
      ),
      slots: {
        hero: { variants: [{ id: "first", when: shown, content: {} }], evaluate: evaluate ?? "both" },
      },
      // What the device alone evaluates may read what is private.
      ...(evaluate === "device" && { private: [EVENT_NAMES[1]!] }),
    }));
});
