import fc from "fast-check";
import type {
  Comparison,
  Condition,
  Definition,
  Filter,
  Json,
  Narrowing,
  OwnMeasure,
  SegmentDefinition,
  Selector,
} from "../../src/index.ts";
import type { Duration } from "../../src/index.ts";

/** Few of everything, so that things meet: what is generated is small, and its edges are hit often. */
export const WINDOWS: readonly Duration[] = ["4ms", "10ms", "1s"];
export const EVENT_NAMES = ["Product Viewed", "Product Added", "Order Completed"];

/** Their order is not the order in which they refer to each other. */
const SEGMENT_IDS = ["m", "c", "x", "a", "t", "B"];
const MEASURE_NAMES = ["views", "age"];

const scalar = fc.constantFrom<Json[]>("shoes", "hats", 1, 2, true, null);
const duration = fc.constantFrom<Duration[]>("0ms", "1ms", ...WINDOWS);
const number = fc.constantFrom(0, 1, 2, 3, 1.5, -1);

export const properties = fc.record(
  {
    category: fc.constantFrom("shoes", "hats"),
    price: fc.constantFrom<Json[]>(1, 2, 3, "2", null),
    tags: fc.array(fc.constantFrom("new", "sale"), { maxLength: 2 }),
    brand: fc.record({ name: scalar }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<{ [key: string]: Json }>;

export const traits = fc.record(
  { tier: fc.constantFrom<Json[]>("vip", "new", null), age: fc.constantFrom<Json[]>(20, 40, null) },
  { requiredKeys: [] },
) as fc.Arbitrary<{ [key: string]: Json }>;

const fieldFilter: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({ category: fc.constantFrom<Json[]>("shoes", "hats") }),
  fc.record({ category: fc.constantFrom<Json[]>({ $eq: "shoes" }, { $ne: "shoes" }, { $startsWith: "s" }) }),
  fc.record({ price: fc.constantFrom<Json[]>(2, { $gt: 1 }, { $lte: 2, $gte: 2 }, { $in: [1, "2"] }) }),
  fc.record({
    price: fc.constantFrom<Json[]>({ $exists: false }, { $type: "number" }, { $not: { $gt: 1 } }),
  }),
  fc.record({
    tags: fc.constantFrom<Json[]>({ $size: 1 }, { $all: ["new"] }, { $elemMatch: { $eq: "sale" } }),
  }),
  fc.record({ "brand.name": scalar }),
);

/** Over an event's properties. */
const where: fc.Arbitrary<Filter> = fc.oneof(
  { weight: 4, arbitrary: fieldFilter },
  fc.tuple(fieldFilter, fieldFilter).map(([a, b]) => ({ ...a, ...b })),
  fc.tuple(fieldFilter, fieldFilter).map(([a, b]) => ({ $or: [a, b] })),
  fc.tuple(fieldFilter, fieldFilter).map(([a, b]) => ({ $and: [a], $nor: [b] })),
  fieldFilter.map((filter) => ({ $not: filter })),
);

const traitFilter = fc.constantFrom<Filter[]>(
  { tier: "vip" },
  { tier: { $ne: "vip" } },
  { age: { $gte: 30 } },
  { tier: { $exists: true }, age: 40 },
);

const selector: fc.Arbitrary<Selector> = fc.oneof(
  fc.constantFrom(...EVENT_NAMES),
  fc.record(
    {
      event: fc.oneof(fc.constantFrom(...EVENT_NAMES), fc.subarray(EVENT_NAMES, { minLength: 1 })),
      where,
    },
    { requiredKeys: ["event"] },
  ),
);

const narrowing: fc.Arbitrary<Narrowing> = fc.record(
  { within: fc.constantFrom(...WINDOWS), after: selector },
  { requiredKeys: [] },
);

const count = fc.tuple(selector, narrowing).map(([of, narrow]) => ({ count: of, ...narrow }));
const since = fc
  .tuple(fc.boolean(), selector, narrowing)
  .map(([last, of, narrow]) => (last ? { sinceLast: of, ...narrow } : { sinceFirst: of, ...narrow }));

function comparison(bound: fc.Arbitrary<number | Duration>): fc.Arbitrary<Comparison> {
  return fc.oneof(
    fc
      .tuple(fc.constantFrom("gt", "gte", "lt", "lte", "eq", "ne"), bound)
      .map(([kind, value]) => ({ [kind]: value })),
    fc.record({ between: fc.tuple(bound, bound) }),
  );
}

function leaf(segments: readonly string[], measures: Definition["measures"]): fc.Arbitrary<Condition> {
  const leaves: fc.Arbitrary<Condition>[] = [
    fc.tuple(count, comparison(number)).map(([measure, compare]) => ({ ...measure, ...compare })),
    fc.tuple(since, comparison(duration)).map(([measure, compare]) => ({ ...measure, ...compare })),
    fc.record({ trait: traitFilter }),
  ];
  if (segments.length > 0) leaves.push(fc.record({ segment: fc.constantFrom(...segments) }));
  for (const [name, measure] of Object.entries(measures ?? {})) {
    const bound = "count" in measure ? number : duration;
    leaves.push(comparison(bound).map((compare) => ({ measure: name, ...compare })));
  }
  return fc.oneof(...leaves);
}

function condition(
  segments: readonly string[],
  measures: Definition["measures"],
  depth: number,
): fc.Arbitrary<Condition> {
  const single = leaf(segments, measures);
  if (depth === 0) return single;
  const inner = condition(segments, measures, depth - 1);
  const list = fc.array(inner, { maxLength: 3 });
  return fc.oneof(
    { weight: 3, arbitrary: single },
    fc.record({ all: list }),
    fc.record({ any: list }),
    fc.record({ not: inner }),
  );
}

const measures: fc.Arbitrary<Record<string, OwnMeasure>> = fc
  .array(fc.oneof(count, since), { maxLength: MEASURE_NAMES.length })
  .map((list) => Object.fromEntries(list.map((measure, at) => [MEASURE_NAMES[at]!, measure])));

/** Definitions over the whole language; a segment refers only to those before it, so that there is no cycle. */
export const definition: fc.Arbitrary<Definition> = measures.chain((named) => {
  const whens = SEGMENT_IDS.map((_id, at) => condition(SEGMENT_IDS.slice(0, at), named, 2));
  return fc
    .tuple(fc.integer({ min: 1, max: SEGMENT_IDS.length }), fc.tuple(...whens), fc.boolean())
    .map(([size, conditions, long]) => ({
      measures: named,
      segments: Object.fromEntries(
        conditions
          .slice(0, size)
          .map((when, at): [string, SegmentDefinition | Condition] => [
            SEGMENT_IDS[at]!,
            long ? { when } : when,
          ]),
      ),
    }));
});
