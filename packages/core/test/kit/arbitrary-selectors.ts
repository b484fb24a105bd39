import fc from "fast-check";
import type { Duration, Filter, Json, Narrowing, Selector } from "../../src/index.ts";

/** Few of everything, so that things meet: what is generated is small, and its edges are hit often. */
export const WINDOWS: readonly Duration[] = ["4ms", "10ms", "1s"];
export const EVENT_NAMES = ["Product Viewed", "Product Added", "Order Completed"];

/** Scalars that are easily taken for one another, and what is no scalar. */
export const SCALARS = ["1", 1, true, "true", 0, "", "shoes"] as const;
const NO_SCALARS: readonly Json[] = [null, ["1"], { 1: 1 }];

/** Numbers that are hard to sum, and what is no number. */
const AMOUNTS: readonly Json[] = [0.1, 0.2, -0.3, 19.99, -5, 1.00005, 0.00015, -0.00005, 1e-7, 5e-324, -0];
const HUGE: readonly Json[] = [899_999_999_999.9999, -9e11, 2 ** 53, 1e22, -1e22, 1e308, -1e308];

export const properties = fc.record(
  {
    category: fc.constantFrom("shoes", "hats"),
    price: fc.constantFrom<Json[]>(1, 2, 3, "2", null),
    total: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...AMOUNTS) },
      { weight: 1, arbitrary: fc.constantFrom<Json[]>(...HUGE, "7", null, [1], {}) },
    ),
    color: fc.constantFrom<Json[]>(...SCALARS, ...NO_SCALARS),
    tags: fc.array(fc.constantFrom("new", "sale"), { maxLength: 2 }),
    brand: fc.record({ name: fc.constantFrom<Json[]>("shoes", 1, 2, true, null) }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<{ [key: string]: Json }>;

export const traits = fc.record(
  { tier: fc.constantFrom<Json[]>("vip", "new", null), age: fc.constantFrom<Json[]>(20, 40, null) },
  { requiredKeys: [] },
) as fc.Arbitrary<{ [key: string]: Json }>;

/** Paths at which there may be a number, a scalar, neither. */
export const path = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("price", "total", "color") },
  { weight: 1, arbitrary: fc.constantFrom("brand.name", "tags.0", "tags", "nothing") },
);

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
  fc.record({ "brand.name": fc.constantFrom<Json[]>("shoes", 1, 2, true, null) }),
);

/** Over an event's properties. */
const where: fc.Arbitrary<Filter> = fc.oneof(
  { weight: 4, arbitrary: fieldFilter },
  fc.tuple(fieldFilter, fieldFilter).map(([a, b]) => ({ ...a, ...b })),
  fc.tuple(fieldFilter, fieldFilter).map(([a, b]) => ({ $or: [a, b] })),
  fc.tuple(fieldFilter, fieldFilter).map(([a, b]) => ({ $and: [a], $nor: [b] })),
  fieldFilter.map((filter) => ({ $not: filter })),
);

export const traitFilter = fc.constantFrom<Filter[]>(
  { tier: "vip" },
  { tier: { $ne: "vip" } },
  { age: { $gte: 30 } },
  { tier: { $exists: true }, age: 40 },
);

export const selector: fc.Arbitrary<Selector> = fc.oneof(
  fc.constantFrom(...EVENT_NAMES),
  fc.record(
    {
      event: fc.oneof(fc.constantFrom(...EVENT_NAMES), fc.subarray(EVENT_NAMES, { minLength: 1 })),
      where,
    },
    { requiredKeys: ["event"] },
  ),
);

const within = fc.constantFrom<(Duration | "session")[]>(...WINDOWS, "session", "session");

/** As often the whole log as each way to narrow it. */
export const narrowing: fc.Arbitrary<Narrowing> = fc.oneof(
  fc.constant({}),
  fc.record({ within }),
  fc.record({ after: selector }),
  fc.record({ within, after: selector }),
);
