import { describe, expect, test } from "vitest";
import {
  abandoned,
  all,
  any,
  atLeast,
  context,
  count,
  not,
  segment,
  sequence,
  sinceLast,
  sum,
  trait,
  trend,
} from "../../src/index.ts";
import { checkDefinition } from "../../src/index.ts";

describe("B1 B2 B8 B9 B10 B11 a condition", () => {
  test.for<[string, object, string]>([
    ["all", all(segment("a"), trait({ b: 1 })), '{"all":[{"segment":"a"},{"trait":{"b":1}}]}'],
    ["all of nothing", all(), '{"all":[]}'],
    ["any", any(count("X").gt(1), all()), '{"any":[{"count":"X","gt":1},{"all":[]}]}'],
    ["not", not(segment("a")), '{"not":{"segment":"a"}}'],
    [
      "atLeast",
      atLeast(1, segment("a"), segment("b")),
      '{"atLeast":1,"of":[{"segment":"a"},{"segment":"b"}]}',
    ],
    ["trait", trait({ tier: { $in: ["a"] } }), '{"trait":{"tier":{"$in":["a"]}}}'],
    ["context", context({ "utm.source": "x" }), '{"context":{"utm.source":"x"}}'],
    ["sequence", sequence("A", "B"), '{"sequence":["A","B"]}'],
    [
      "sequence of selectors",
      sequence("A", ["B", "C"], { event: "D", where: { e: 1 } }),
      '{"sequence":["A",{"event":["B","C"]},{"event":"D","where":{"e":1}}]}',
    ],
    [
      "sequence with all that can be asked",
      sequence("A", "B").span("1h").without("C", { d: 1 }).within("7d"),
      '{"sequence":["A","B"],"span":"1h","without":{"event":"C","where":{"d":1}},"within":"7d"}',
    ],
    [
      "a sequence within another condition",
      not(sequence("A", "B").within("7d")),
      '{"not":{"sequence":["A","B"],"within":"7d"}}',
    ],
    [
      "trend of a count",
      trend(count("F")).every("7d").periods(2).lte(-0.2),
      '{"trend":{"count":"F"},"every":"7d","periods":2,"change":{"lte":-0.2}}',
    ],
    [
      "trend of a sum",
      trend(sum("total").of("O", { a: 1 }))
        .every("4w")
        .periods(1)
        .gte(0.5),
      '{"trend":{"sum":"total","of":{"event":"O","where":{"a":1}}},"every":"4w","periods":1,"change":{"gte":0.5}}',
    ],
    [
      "abandoned",
      abandoned("Product Added", { by: "Order Completed", for: "2h", upTo: "7d" }),
      '{"all":[{"sinceLast":"Product Added","gte":"2h"},{"sinceLast":"Product Added","lt":"7d"},' +
        '{"count":"Order Completed","after":"Product Added","eq":0}]}',
    ],
    [
      "abandoned by one of several",
      abandoned({ event: "A", where: { b: 1 } }, { by: ["C", "D"], for: "2h", upTo: "7d" }),
      '{"all":[{"sinceLast":{"event":"A","where":{"b":1}},"gte":"2h"},{"sinceLast":{"event":"A","where":{"b":1}},"lt":"7d"},' +
        '{"count":{"event":["C","D"]},"after":{"event":"A","where":{"b":1}},"eq":0}]}',
    ],
    [
      "the dormant VIP of the contract",
      all(trait({ tier: "vip" }), sinceLast(["Order Completed", "Signed In"]).gte("90d")),
      '{"all":[{"trait":{"tier":"vip"}},{"sinceLast":{"event":["Order Completed","Signed In"]},"gte":"90d"}]}',
    ],
  ])("%s", ([_title, built, wanted]) => {
    expect(JSON.stringify(built)).toBe(wanted);
    expect(built).toStrictEqual(JSON.parse(wanted));
    expect(checkDefinition({ segments: { a: all(), b: all(), built } })).toEqual([]);
  });

  test("B6 has plain parts, whatever their builder had besides", () => {
    const steps = sequence("A", "B");
    for (const part of [...all(steps).all, ...any(steps).any, not(steps).not, ...atLeast(1, steps).of])
      expect(Object.getPrototypeOf(part)).toBe(Object.prototype);
  });
});
