import { describe, expect, test } from "vitest";
import { compile, type Json, type Selector } from "../src/index.ts";
import { event } from "./kit/entries.ts";

/** Selectors of one event, some of which ask for the same path, some for the same value, and some for more. */
const SELECTORS: Readonly<Record<string, Selector>> = {
  any: "X",
  all: { event: "X", where: {} },
  either: { event: ["X", "Y", "X"] },
  shoes: { event: "X", where: { category: "shoes" } },
  hats: { event: "X", where: { category: { $eq: "hats" } } },
  brand: { event: "X", where: { brand: "shoes" } },
  both: { event: "X", where: { category: "shoes", brand: "shoes" } },
  cheap: { event: "X", where: { category: "shoes", price: { $lt: 10 } } },
  none: { event: "X", where: { category: null } },
  text: { event: "X", where: { size: "1" } },
  number: { event: "X", where: { size: 1 } },
  deep: { event: "X", where: { "product.size": 1 } },
  other: { event: "Y", where: { category: "shoes" } },
};

const program = compile({
  segments: Object.fromEntries(
    Object.entries(SELECTORS).map(([id, count]) => [id, { count, gte: 1 }] as const),
  ),
});

describe("S1 S2 S3 selectors of one event, side by side", () => {
  test.for<[{ [key: string]: Json }, string[]]>([
    [{}, ["none"]],
    [{ category: "shoes" }, ["shoes"]],
    [{ category: "hats" }, ["hats"]],
    [{ brand: "shoes" }, ["brand", "none"]],
    [{ category: "shoes", brand: "shoes" }, ["both", "brand", "shoes"]],
    [{ category: "shoes", brand: "hats", price: 5 }, ["cheap", "shoes"]],
    [{ category: "hats", brand: "shoes", price: 5 }, ["brand", "hats"]],
    [{ category: ["shoes"], size: "1" }, ["text"]],
    [{ category: "", size: 1 }, ["number"]],
    [{ category: "", product: { size: 1 } }, ["deep"]],
    [{ category: "", "product.size": 1 }, []],
  ])("take of %j, besides what takes every one, %j", ([properties, wanted]) => {
    const profile = program.profile();
    profile.record(event("X", 1, properties));
    expect(profile.segments()).toEqual(["all", "any", "either", ...wanted].sort());
  });

  test("S1 take nothing of another name", () => {
    const profile = program.profile();
    profile.record(event("x", 1, { category: "shoes" }));
    expect(profile.segments()).toEqual([]);
    profile.record(event("Y", 2, { category: "shoes" }));
    expect(profile.segments()).toEqual(["either", "other"]);
  });

  test("S2 take an event once, however often it is named", () => {
    const profile = compile({ segments: {}, measures: { m: { count: SELECTORS["either"]! } } }).profile();
    for (const [at, name] of ["X", "Y", "X"].entries()) profile.record(event(name, at));
    expect(profile.measure("m")).toBe(3);
  });
});
