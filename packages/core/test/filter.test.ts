import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkDefinition, type Filter, type Json } from "../src/index.ts";
import { isOperators } from "../src/filter/filter.ts";
import { equalityOf } from "../src/filter/plan-filter.ts";
import { compileFilter } from "./kit/compile-filter.ts";

type Case = [name: string, condition: Filter, attributes: { [key: string]: Json }, expected: boolean];

const vectors = new URL("vectors/growthbook-conditions.json", import.meta.url);
const cases = JSON.parse(readFileSync(vectors, "utf8")) as Case[];

function matches(filter: Filter, value: unknown): boolean {
  expect(issuesOf(filter)).toEqual([]);
  return compileFilter(filter)(value);
}

function issuesOf(filter: unknown): readonly unknown[] {
  return checkDefinition({ segments: { s: { trait: filter } } });
}

describe("F1 F2 F3 F7 F8 F9 F10 F11 F12 F13 F14 F16 GrowthBook's published condition cases", () => {
  test.for(cases)("%s", ([, condition, attributes, expected]) => {
    expect(matches(condition, attributes)).toBe(expected);
  });

  test("are all there", () => expect(cases).toHaveLength(119));
});

describe("F5 F6 F7 F8 F9 a missing or null value", () => {
  test.for(["$gt", "$gte", "$lt", "$lte"])("F6 F13 satisfies no %s", (operator) => {
    for (const bound of [-1, 0, 1, "", "a"]) {
      expect(matches({ price: { [operator]: bound } }, {})).toBe(false);
      expect(matches({ price: { [operator]: bound } }, { price: null })).toBe(false);
      expect(matches({ price: { $not: { [operator]: bound } } }, {})).toBe(true);
    }
  });

  test.for<[Filter, boolean]>([
    [{ price: null }, true],
    [{ price: { $eq: null } }, true],
    [{ price: { $ne: null } }, false],
    [{ price: { $ne: 3 } }, true],
    [{ price: { $in: [null] } }, true],
    [{ price: { $nin: [null] } }, false],
    [{ price: { $nin: [3] } }, true],
    [{ price: { $exists: false } }, true],
    [{ price: { $type: "null" } }, true],
  ])("%j: %j", ([filter, expected]) => {
    expect(matches(filter, {})).toBe(expected);
    expect(matches(filter, { price: null })).toBe(expected);
  });

  test("F10 F11 F12 F15 has no size, no elements and no text", () => {
    const operators = [{ $size: 0 }, { $all: [] }, { $elemMatch: { $exists: false } }, { $contains: "" }];
    for (const operator of operators) expect(matches({ price: operator }, {})).toBe(false);
  });
});

describe("F15 $contains, $startsWith and $endsWith", () => {
  test.for<[Filter, boolean]>([
    [{ title: { $contains: "Shoe" } }, true],
    [{ title: { $contains: "shoe" } }, false],
    [{ title: { $contains: "" } }, true],
    [{ title: { $startsWith: "Red" } }, true],
    [{ title: { $startsWith: "Shoe" } }, false],
    [{ title: { $endsWith: "Shoes" } }, true],
    [{ title: { $endsWith: "Red" } }, false],
    [{ title: { $startsWith: "Red", $endsWith: "Shoes" } }, true],
    [{ title: { $not: { $contains: "Blue" } } }, true],
  ])("%j: %j", ([filter, expected]) => {
    expect(matches(filter, { title: "Red Shoes" })).toBe(expected);
  });

  test.for<Json[]>([[5], [["5"]], [null], [{ 5: "5" }], [true]])("take text only, not %j", ([title]) => {
    for (const operator of ["$contains", "$startsWith", "$endsWith"]) {
      expect(matches({ title: { [operator]: "5" } }, { title: title as Json })).toBe(false);
    }
  });
});

describe("F2 a path", () => {
  test("reads into objects and lists", () => {
    const order = { products: [{ price: 5 }, { price: 7 }], address: { city: "Rome" } };
    expect(matches({ "products.1.price": 7, "address.city": "Rome" }, order)).toBe(true);
    expect(matches({ "products.2.price": { $exists: true } }, order)).toBe(false);
  });

  test.for([
    "constructor",
    "toString",
    "__proto__",
    "__proto__.polluted",
    "constructor.name",
    "list.length.constructor",
    "list.map",
    "text.length",
    "text.0",
  ])("never reaches a prototype: %s", (path) => {
    const source = { list: [1], text: "abc" };
    expect(matches({ [path]: { $exists: true } }, source)).toBe(false);
    expect(matches({ [path]: { $type: "null" } }, source)).toBe(true);
  });

  test("reads an own key of any name", () => {
    const source: unknown = JSON.parse('{ "__proto__": { "vip": true }, "constructor": "c" }');
    const filter = JSON.parse('{ "__proto__.vip": true, "constructor": "c" }') as Filter;
    expect(matches(filter, source)).toBe(true);
  });

  test("finds nothing in what is no object", () => {
    for (const source of [null, undefined, 5, "text"]) expect(matches({ a: 1 }, source)).toBe(false);
  });
});

describe("F3 F4 equality", () => {
  test("F4 of objects does not go by the order of keys, of lists it does", () => {
    expect(matches({ a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } })).toBe(true);
    expect(matches({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
  });

  test("F3 tells a number from a text, and zero from false", () => {
    expect(matches({ a: 1 }, { a: "1" })).toBe(false);
    expect(matches({ a: 0 }, { a: false })).toBe(false);
    expect(matches({ a: { $in: [0] } }, { a: "" })).toBe(false);
  });
});

describe("F12 an element", () => {
  test.for<[Filter, boolean]>([
    [{ $and: [{ price: { $gt: 5 } }, { size: "m" }] }, true],
    [{ $and: [{ price: { $gt: 5 } }, { size: "s" }] }, false],
    [{ $nor: [{ price: 5 }, { price: 6 }] }, true],
    [{ $nor: [{ price: 5 }, { size: "m" }] }, false],
    [{ size: "m", $or: [{ price: 5 }, { price: 7 }] }, true],
    [{ size: "s", $or: [{ price: 7 }, { price: 9 }] }, false],
  ])("F14 matches filters combined: %j: %j", ([filter, expected]) => {
    const products = [
      { price: 5, size: "s" },
      { price: 7, size: "m" },
    ];
    expect(matches({ products: { $elemMatch: filter } }, { products })).toBe(expected);
  });

  test.for<[Filter, boolean]>([
    [{ $and: [{ size: "m" }], $not: { price: { $gt: 8 } } }, true],
    [{ $and: [{ size: "m" }], $not: { price: { $gt: 6 } } }, false],
    [{ size: "m", $not: { price: 5 } }, true],
    [{ size: "m", $not: { price: 7 } }, false],
    [{ $or: [], $not: {} }, false],
  ])("F13 matches a filter that has a negated one in it: %j: %j", ([filter, expected]) => {
    const products = [
      { price: 5, size: "s" },
      { price: 7, size: "m" },
    ];
    expect(matches({ products: { $elemMatch: filter } }, { products })).toBe(expected);
  });
});

describe("F3 what is an object of operators", () => {
  test.for<unknown>([{ $gt: 1 }, { $gt: 1, $lt: 5 }, { $unheard: 1 }])("is %j", (value) =>
    expect(isOperators(value)).toBe(true),
  );

  test.for<unknown>([
    {},
    { a: 1 },
    { $gt: 1, a: 2 },
    { a$: 1 },
    [],
    ["$gt"],
    "$gt",
    "",
    5,
    true,
    null,
    undefined,
  ])("is not %j", (value) => expect(isOperators(value)).toBe(false));
});

describe("F1 F3 the equality that a filter demands", () => {
  test.for<[Filter, ReturnType<typeof equalityOf>]>([
    [{ a: 1 }, { path: "a", value: 1, rest: {} }],
    [{ a: "" }, { path: "a", value: "", rest: {} }],
    [{ a: false }, { path: "a", value: false, rest: {} }],
    [{ a: "$eq" }, { path: "a", value: "$eq", rest: {} }],
    [{ a$: 1 }, { path: "a$", value: 1, rest: {} }],
    [{ "a.b": 0 }, { path: "a.b", value: 0, rest: {} }],
    [{ a: { $eq: "x" } }, { path: "a", value: "x", rest: { a: { $eq: "x" } } }],
    [
      { a: 1, b: 2 },
      { path: "a", value: 1, rest: { b: 2 } },
    ],
    [
      { $or: [], a: { $gt: 1 }, b: 2, c: 3 },
      { path: "b", value: 2, rest: { $or: [], a: { $gt: 1 }, c: 3 } },
    ],
    [{ a: { $eq: 1, $exists: true } }, { path: "a", value: 1, rest: { a: { $eq: 1, $exists: true } } }],
  ])("of %j is %j", ([filter, expected]) => expect(equalityOf(filter)).toEqual(expected));

  test.for<Filter>([
    {},
    { a: null },
    { a: [1] },
    { a: { b: 1 } },
    { a: {} },
    { a: { $ne: 1 } },
    { a: { $eq: null } },
    { a: { $eq: [1] } },
    { $or: [{ a: 1 }] },
    { $not: { a: 1 } },
  ])("is none of %j", (filter) => expect(equalityOf(filter)).toEqual({ rest: filter }));
});

describe("F18 a filter that is refused", () => {
  test.for<[unknown, string, string]>([
    [{ name: { $regx: "x" } }, "name.$regx", "unknown operator"],
    [{ name: { $exist: true } }, "name.$exist", 'did you mean "$exists"?'],
    [{ num: { $in: 1 } }, "num.$in", "must be a list of values, not 1"],
    [{ num: { $nin: "a" } }, "num.$nin", "must be a list of values"],
    [{ $groups: { $elemMatch: { $eq: "a" } } }, "$groups", "unknown operator"],
    [{ $gt: 5 }, "$gt", "an operator on a value stands under its path"],
    [{ a: { $gt: null } }, "a.$gt", "must be a number or a string"],
    [{ a: { $type: "date" } }, "a.$type", "must be one of string"],
    [{ a: { $exists: "yes" } }, "a.$exists", "must be true or false"],
    [{ a: { $gt: 1, b: 2 } }, "a.b", "unknown operator"],
    [{ a: { $all: "x" } }, "a.$all", "must be a list"],
    [{ a: { $elemMatch: 5 } }, "a.$elemMatch", "must be a filter"],
    [{ a: { $contains: 5 } }, "a.$contains", "must be a string"],
    [{ $and: {} }, "$and", "must be a list of filters"],
    [{ $or: [5] }, "$or[0]", "must be a filter"],
    [{ $not: [] }, "$not", "must be a filter"],
    [{ "": 1 }, "", "a path must not be empty"],
    [{ a: NaN }, "a", "must be plain JSON"],
    [{ a: undefined }, "a", "must be plain JSON"],
    [{ a: { $in: [Infinity] } }, "a.$in", "must be plain JSON"],
    ["vip", "", "must be a filter"],
    [[], "", "must be a filter"],
  ])("%j at %j", ([filter, path, message]) => {
    expect(issuesOf(filter)).toEqual([
      {
        path: `segments.s.trait${path === "" && typeof filter === "object" && !Array.isArray(filter) ? "." : path && "."}${path}`,
        message: expect.stringContaining(message),
      },
    ]);
  });
});
