import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile, cutEntry, readsOf, type Definition } from "../src/index.ts";
import { definition } from "./kit/arbitraries.ts";
import { event, identify } from "./kit/entries.ts";
import { take } from "./kit/run.ts";
import { LATER, log } from "./kit/steps.ts";

function eventsOf(written: Definition): Record<string, string[]> {
  const reads = [...readsOf(compile(written)).events];
  return Object.fromEntries(reads.map(([name, roots]) => [name, [...roots].sort()]));
}

describe("D14 what a program reads", () => {
  test("is the events it selects, each with the top-level properties of its filters", () => {
    const where = { category: "shoes", "brand.name": { $ne: "x" } };
    expect(
      eventsOf({
        segments: {
          a: { count: { event: ["Product Viewed", "Product Added"], where }, gte: 1 },
          b: { sinceLast: "Product Viewed", lt: "1h" },
          c: { count: { event: "Product Viewed", where: { price: { $gt: 1 } } }, gte: 1 },
        },
      }),
    ).toEqual({ "Product Viewed": ["brand", "category", "price"], "Product Added": ["brand", "category"] });
  });

  test("reaches into filters of filters", () => {
    const where = {
      $or: [{ a: 1 }, { $and: [{ "b.c": 1 }] }],
      $not: { d: 1 },
      $nor: [{ e: { $elemMatch: { f: 1 } } }],
    };
    expect(eventsOf({ segments: { s: { count: { event: "x", where }, gte: 1 } } })).toEqual({
      x: ["a", "b", "d", "e"],
    });
  });

  test("has what after selects, what only a measure asks for, and what a slot does", () => {
    expect(
      eventsOf({
        segments: { s: { count: "a", after: { event: "b", where: { x: 1 } }, gte: 1 } },
        measures: { m: { sinceFirst: "c" } },
        slots: { hero: { variants: [{ id: "v", when: { count: "d", gt: 1 }, content: {} }] } },
      }),
    ).toEqual({ a: [], b: ["x"], c: [], d: [] });
  });

  test("D14 has the paths of measures, and what sequences and trends select", () => {
    const change = { lte: 0 };
    expect(
      eventsOf({
        segments: {
          a: { sum: "order.total", of: { event: "a", where: { x: 1 } }, gt: 1 },
          b: {
            sequence: ["b", { event: ["c", "d"], where: { "y.z": 1 } }],
            without: { event: "e", where: { n: 1 } },
          },
          c: { trend: { sum: "total", of: "f" }, every: "1d", periods: 1, change },
          d: { trend: { count: { event: "g", where: { m: 1 } } }, every: "1d", periods: 1, change },
        },
        measures: { m: { favorite: "brand", of: "h", after: { event: "i", where: { o: 1 } } } },
      }),
    ).toEqual({
      a: ["order", "x"],
      b: [],
      c: ["y"],
      d: ["y"],
      e: ["n"],
      f: ["total"],
      g: ["m"],
      h: ["brand"],
      i: ["o"],
    });
  });

  test("D14 is every event, by name, where there is a session", () => {
    const reads = readsOf(compile({ segments: { s: { sum: "total", of: "a", within: "session", gte: 1 } } }));
    expect(reads.everyEvent).toBe(true);
    expect(cutEntry(event("a", 1, { total: 5, email: "a@b.c" }), reads)).toEqual(event("a", 1, { total: 5 }));
    expect(cutEntry(event("b", 1, { email: "a@b.c" }), reads)).toEqual(event("b", 1, {}));
    expect(readsOf(compile({ segments: { s: { count: "a", within: "1d", gte: 1 } } })).everyEvent).toBe(
      false,
    );
  });

  test("is the top-level traits of its filters", () => {
    const { events, traits } = readsOf(
      compile({
        segments: { a: { trait: { tier: "vip", "address.city": "Rome" } }, b: { trait: { tier: 1 } } },
      }),
    );
    expect([...traits].sort()).toEqual(["address", "tier"]);
    expect(events.size).toBe(0);
  });
});

describe("D14 an entry that is cut to what is read", () => {
  const reads = readsOf(
    compile({
      segments: {
        a: { count: { event: "Product Viewed", where: { category: "shoes" } }, gte: 1 },
        b: { trait: { tier: "vip" } },
      },
    }),
  );

  test("has no other property or trait", () => {
    const viewed = event("Product Viewed", 1, { category: "shoes", email: "a@b.c" });
    expect(cutEntry(viewed, reads)).toEqual({ ...viewed, properties: { category: "shoes" } });
    const known = identify(1, { tier: null, email: "a@b.c" });
    expect(cutEntry(known, reads)).toEqual({ ...known, traits: { tier: null } });
  });

  test("is nothing when it is not read at all", () => {
    expect(cutEntry(event("Order Completed", 1, { category: "shoes" }), reads)).toBeUndefined();
    expect(cutEntry(identify(1, { email: "a@b.c" }), reads)).toBeUndefined();
  });

  test("keeps a property of any name, and no prototype", () => {
    const odd = readsOf(
      compile(
        JSON.parse(
          '{ "segments": { "s": { "count": { "event": "x", "where": { "__proto__.a": 1 } }, "gte": 1 } } }',
        ),
      ),
    );
    const properties = JSON.parse('{ "__proto__": { "a": 1 }, "b": 2 }') as { [key: string]: number };
    const cut = cutEntry(event("x", 1, properties), odd);
    expect(JSON.stringify(cut)).toContain('"properties":{"__proto__":{"a":1}}');
  });

  test("D14 says the same as the whole one, under any definition", () => {
    fc.assert(
      fc.property(definition, log, (written, entries) => {
        const program = compile(written);
        const all = readsOf(program);
        const [whole, cut] = [program.profile(), program.profile()];
        for (const entry of entries) {
          take(whole, entry);
          const less = cutEntry(entry, all);
          if (less) take(cut, less);
        }
        const now = Math.max(...entries.map(({ timestamp }) => timestamp));
        for (const profile of [whole, cut]) profile.advance(now);
        expect(cut.segments()).toEqual(whole.segments());
        for (const name of Object.keys(written.measures ?? {}))
          expect(cut.measure(name)).toBe(whole.measure(name));
        expect(cut.advance(now + LATER)).toEqual(whole.advance(now + LATER));
      }),
    );
  });
});
