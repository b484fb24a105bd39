import { describe, expect, test } from "vitest";
import {
  avg,
  count,
  distinct,
  favorite,
  first,
  last,
  max,
  measure,
  min,
  sinceFirst,
  sinceLast,
  sum,
} from "../../src/index.ts";

/** Text, and not `toEqual`: it shows the order of keys, and every key that should not be there. */
function json(value: unknown): string {
  return JSON.stringify(value);
}

describe("B2 B3 B4 a measure", () => {
  test.for<[string, object, string]>([
    ["count of a name", count("X"), '{"count":"X"}'],
    ["count of names", count(["X", "Y"]), '{"count":{"event":["X","Y"]}}'],
    [
      "count with a filter",
      count("X", { price: { $gt: 3 } }),
      '{"count":{"event":"X","where":{"price":{"$gt":3}}}}',
    ],
    [
      "count of names with a filter",
      count(["X", "Y"], { a: 1 }),
      '{"count":{"event":["X","Y"],"where":{"a":1}}}',
    ],
    [
      "count of a selector",
      count({ event: "X", where: { a: 1 } }),
      '{"count":{"event":"X","where":{"a":1}}}',
    ],
    ["sum", sum("total").of("X"), '{"sum":"total","of":"X"}'],
    ["sum with a filter", sum("t").of("X", { a: 1 }), '{"sum":"t","of":{"event":"X","where":{"a":1}}}'],
    ["avg", avg("total").of("X"), '{"avg":"total","of":"X"}'],
    ["min", min("total").of("X"), '{"min":"total","of":"X"}'],
    ["max", max("total").of("X"), '{"max":"total","of":"X"}'],
    ["distinct", distinct("brand").of(["X", "Y"]), '{"distinct":"brand","of":{"event":["X","Y"]}}'],
    ["favorite", favorite("a.b").of("X"), '{"favorite":"a.b","of":"X"}'],
    ["first", first("a").of("X"), '{"first":"a","of":"X"}'],
    ["last", last("a").of("X"), '{"last":"a","of":"X"}'],
    ["sinceLast", sinceLast(["X", "Y"]), '{"sinceLast":{"event":["X","Y"]}}'],
    ["sinceFirst", sinceFirst("X"), '{"sinceFirst":"X"}'],
    ["measure", measure("spent"), '{"measure":"spent"}'],
    ["within a window", count("X").within("7d"), '{"count":"X","within":"7d"}'],
    ["within the session", sum("t").of("X").within("session"), '{"sum":"t","of":"X","within":"session"}'],
    ["after a name", count("X").after("Y"), '{"count":"X","after":"Y"}'],
    [
      "within and after",
      last("a").of("X").within("7d").after("Y", { b: 2 }),
      '{"last":"a","of":"X","within":"7d","after":{"event":"Y","where":{"b":2}}}',
    ],
    [
      "after and within",
      count("X").after(["Y", "Z"]).within("1h"),
      '{"count":"X","after":{"event":["Y","Z"]},"within":"1h"}',
    ],
  ])("%s", ([_title, built, wanted]) => {
    expect(json(built)).toBe(wanted);
  });
});

describe("B5 a comparison makes a condition of a measure", () => {
  test.for<[string, object, string]>([
    ["gt", count("X").gt(3), '{"count":"X","gt":3}'],
    ["gte", sum("t").of("X").gte(3), '{"sum":"t","of":"X","gte":3}'],
    ["lt", avg("t").of("X").lt(3), '{"avg":"t","of":"X","lt":3}'],
    ["lte", min("t").of("X").lte(-1.5), '{"min":"t","of":"X","lte":-1.5}'],
    ["eq", distinct("t").of("X").eq(0), '{"distinct":"t","of":"X","eq":0}'],
    ["ne", max("t").of("X").ne(0), '{"max":"t","of":"X","ne":0}'],
    ["between", count("X").between(1, 3), '{"count":"X","between":[1,3]}'],
    ["between durations", sinceFirst("X").between("1d", "7d"), '{"sinceFirst":"X","between":["1d","7d"]}'],
    ["a duration", sinceLast("X").gte("90d"), '{"sinceLast":"X","gte":"90d"}'],
    ["eq a scalar", favorite("c").of("X").eq("shoes"), '{"favorite":"c","of":"X","eq":"shoes"}'],
    ["ne a scalar", first("c").of("X").ne(true), '{"first":"c","of":"X","ne":true}'],
    ["in", last("c").of("X").in(["a", 1, false]), '{"last":"c","of":"X","in":["a",1,false]}'],
    ["a number among scalars", last("c").of("X").gt(2), '{"last":"c","of":"X","gt":2}'],
    ["a named one with a number", measure("m").gte(2), '{"measure":"m","gte":2}'],
    ["a named one with a duration", measure("m").lt("2h"), '{"measure":"m","lt":"2h"}'],
    ["a named one with scalars", measure("m").in(["a"]), '{"measure":"m","in":["a"]}'],
    [
      "after narrowing",
      count("X").within("7d").after("Y").eq(0),
      '{"count":"X","within":"7d","after":"Y","eq":0}',
    ],
    [
      "the example of the contract",
      count("Product Viewed", { category: "running-shoes" }).within("7d").gt(3),
      '{"count":{"event":"Product Viewed","where":{"category":"running-shoes"}},"within":"7d","gt":3}',
    ],
  ])("%s", ([_title, built, wanted]) => {
    expect(json(built)).toBe(wanted);
    expect(Object.getPrototypeOf(built)).toBe(Object.prototype);
  });
});

describe("a measure on the way", () => {
  test("B6 shows its JSON alone to whoever prints, spreads, compares or walks it", () => {
    const built = count("X").within("7d");
    const wanted = { count: "X", within: "7d" };
    expect({ ...built }).toStrictEqual(wanted);
    expect(built).toStrictEqual(wanted);
    expect(structuredClone(built)).toStrictEqual(wanted);
    const walked: string[] = [];
    for (const key in built) walked.push(key);
    expect(walked).toEqual(["count", "within"]);
    expect(Object.hasOwn(count("X"), "within")).toBe(false);
  });

  test("B7 is not changed by what is made of it", () => {
    const base = count("X");
    const narrow = base.within("7d");
    expect(json([base.gt(1), narrow.gt(2), base])).toBe(
      '[{"count":"X","gt":1},{"count":"X","within":"7d","gt":2},{"count":"X"}]',
    );
  });

  test("B7 does not keep the lists that it was given", () => {
    const names = ["X"];
    const values = ["a"];
    const built = favorite("c").of(names).in(values);
    names.push("Y");
    values.push("b");
    expect(json(built)).toBe('{"favorite":"c","of":{"event":["X"]},"in":["a"]}');
  });
});
