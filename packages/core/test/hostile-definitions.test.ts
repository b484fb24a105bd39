import { describe, expect, test } from "vitest";
import { compile, DefinitionError } from "../src/index.ts";

const VIEWED = { count: "Product Viewed", gt: 3 };

function nested(levels: number, wrap: (inner: unknown) => unknown, core: unknown): unknown {
  let value = core;
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
}

/** Whether it compiles; whatever is wrong with it must be a DefinitionError. */
function compiles(definition: unknown): boolean {
  try {
    compile(definition);
    return true;
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    expect(error.issues.length).toBeGreaterThan(0);
    return false;
  }
}

/** Segments of which each needs the next, so many times. */
function chain(length: number, link: (next: unknown) => unknown): Record<string, unknown> {
  const id = (at: number): string => `s${String(at).padStart(4, "0")}`;
  return Object.fromEntries(
    Array.from({ length }, (_none, at) => [
      id(at),
      at === length - 1 ? VIEWED : link({ segment: id(at + 1) }),
    ]),
  );
}

const itself: Record<string, unknown> = {};
itself["all"] = [itself];
itself["$and"] = [itself, itself];

const list = (levels: number): unknown => nested(levels, (inner) => [inner], []);
const thrower = {
  get count(): string {
    throw new Error("no");
  },
};

describe("D3 D7 F18 a definition from a stranger", () => {
  test("D7 nests 16 conditions deep and no deeper", () => {
    const not = (inner: unknown): unknown => ({ not: inner });
    expect(compiles({ segments: { s: nested(15, not, VIEWED) } })).toBe(true);
    expect(compiles({ segments: { s: nested(16, not, VIEWED) } })).toBe(false);
  });

  test("F18 nests 16 filters deep and no deeper", () => {
    const not = (inner: unknown): unknown => ({ $not: inner });
    expect(compiles({ segments: { s: { trait: nested(15, not, { a: 1 }) } } })).toBe(true);
    expect(compiles({ segments: { s: { trait: nested(17, not, { a: 1 }) } } })).toBe(false);
  });

  test.for<[string, (deep: unknown) => unknown]>([
    ["a segment", (deep) => ({ segments: { s: deep } })],
    ["a list of conditions", (deep) => ({ segments: { s: { all: deep } } })],
    ["a trait", (deep) => ({ segments: { s: { trait: { a: deep } } } })],
    [
      "a where of a measure",
      (deep) => ({ segments: {}, measures: { m: { count: { event: "x", where: { a: deep } } } } }),
    ],
    [
      "a slot's content",
      (deep) => ({ segments: {}, slots: { s: { variants: [], fallback: { content: { a: deep } } } } }),
    ],
    ["the whole", (deep) => deep],
  ])("is refused with a thousand, ten and a hundred thousand nested lists in %s", ([, place]) => {
    for (const levels of [1_000, 10_000, 100_000]) expect(compiles(place(list(levels)))).toBe(false);
  });

  test("D3 is refused when it holds itself", () => {
    expect(compiles({ segments: { s: itself } })).toBe(false);
    expect(compiles({ segments: { s: { trait: itself } } })).toBe(false);
    expect(compiles({ segments: {}, measures: { m: { count: { event: "x", where: itself } } } })).toBe(false);
    expect(compiles({ segments: {}, slots: { s: { variants: [], fallback: { content: itself } } } })).toBe(
      false,
    );
  });

  test("D3 is refused when a part of it throws", () => {
    expect(compiles({ segments: { s: thrower } })).toBe(false);
    expect(compiles({ segments: {}, measures: { m: thrower } })).toBe(false);
    expect(
      compiles(
        new Proxy(
          {},
          {
            ownKeys: () => {
              throw new Error("no");
            },
          },
        ),
      ),
    ).toBe(false);
    expect(
      compiles({
        segments: {
          s: {
            segment: {
              toString: () => {
                throw new Error("no");
              },
            },
          },
        },
      }),
    ).toBe(false);
  });

  test("D3 F18 is refused with what JSON does not have", () => {
    for (const value of [1n, Symbol("s"), () => 1, NaN, -Infinity, undefined]) {
      expect(compiles({ segments: { s: { count: "x", gt: value } } })).toBe(false);
      expect(compiles({ segments: { s: { trait: { a: value } } } })).toBe(false);
    }
  });
});

describe("D7 D8 D4 the size of a definition", () => {
  test("D7 has segments of 65,536 characters of JSON at most, and measures", () => {
    const names = Array.from({ length: 7_000 }, (_none, at) => `event ${at}`);
    expect(compiles({ segments: { s: { count: { event: names }, gt: 1 } } })).toBe(false);
    expect(compiles({ segments: {}, measures: { m: { count: { event: names } } } })).toBe(false);
    expect(compiles({ segments: { s: { count: { event: names.slice(0, 4_000) }, gt: 1 } } })).toBe(true);
  });

  test("D7 has 2,000 segments at most, with ids of 1 to 128 characters", () => {
    const many = (length: number): unknown =>
      Object.fromEntries(Array.from({ length }, (_none, at) => [`s${at}`, VIEWED]));
    expect(compiles({ segments: many(2_000) })).toBe(true);
    expect(compiles({ segments: many(2_001) })).toBe(false);
    expect(compiles({ segments: { ["x".repeat(128)]: VIEWED } })).toBe(true);
    expect(compiles({ segments: { ["x".repeat(129)]: VIEWED } })).toBe(false);
    expect(compiles({ segments: { "": VIEWED } })).toBe(false);
  });

  test("D8 has chains of 32 segments at most", () => {
    const deep = (next: unknown): unknown => nested(14, (inner) => ({ not: inner }), next);
    expect(compiles({ segments: chain(32, deep) })).toBe(true);
    expect(compiles({ segments: chain(33, deep) })).toBe(false);
    expect(compiles({ segments: chain(2_000, deep) })).toBe(false);
  });

  test("D8 does not explain itself for ever: references are counted as if they were written out", () => {
    const twice = (next: unknown): unknown => ({ all: [next, next] });
    expect(compiles({ segments: chain(9, twice) })).toBe(true);
    expect(compiles({ segments: chain(30, twice) })).toBe(false);
  });

  test("D4 is refused soon, also with thousands of unknown names among thousands of known ones", () => {
    const name = (at: number): string =>
      `a segment with a very long name, of which there are many, number ${at}`;
    const segments: Record<string, unknown> = Object.fromEntries(
      Array.from({ length: 1_999 }, (_none, at) => [name(at), VIEWED]),
    );
    segments["s"] = { any: Array.from({ length: 700 }, (_none, at) => ({ segment: name(-at - 1) })) };
    expect(compiles({ segments })).toBe(false);
  }, 30_000);
});

describe("D3 what is no plain JSON", () => {
  const holes: unknown[] = [];
  holes.length = 2;

  test.for<[string, unknown]>([
    ["segments that are inherited", Object.create({ segments: {} })],
    [
      "segments behind a getter of a class",
      new (class {
        get segments(): object {
          return {};
        }
      })(),
    ],
    ["a list of conditions with holes", { segments: { s: { all: holes } } }],
    ["a list of steps with holes", { segments: { s: { sequence: holes } } }],
    ["a list of filters with holes", { segments: { s: { trait: { $or: holes } } } }],
    ["a list of variants with holes", { segments: {}, slots: { hero: { variants: holes } } }],
  ])("is refused as such: %s", ([, definition]) => {
    expect(compiles(definition)).toBe(false);
  });
});

describe("D13 names from a stranger", () => {
  test("may use any name that JSON can have", () => {
    const definition: unknown = JSON.parse(`{
      "segments": { "__proto__": { "measure": "__proto__", "gte": 1 }, "constructor": { "segment": "__proto__" } },
      "measures": { "__proto__": { "count": { "event": "__proto__", "where": { "__proto__": 1 } } } },
      "slots": { "__proto__": { "variants": [] } }
    }`);
    const program = compile(definition);
    const profile = program.profile();
    const properties = JSON.parse('{ "__proto__": 1 }') as { [key: string]: number };
    profile.record({ id: "__proto__", name: "__proto__", timestamp: 1, properties });
    expect(profile.segments()).toEqual(["__proto__", "constructor"]);
    expect(profile.measure("__proto__")).toBe(1);
    expect(profile.explain("constructor")!.result).toBe(true);
  });

  test("leaves every prototype as it was", () => {
    compiles(JSON.parse('{ "__proto__": { "segments": {} }, "segments": { "__proto__": { "all": [] } } }'));
    expect({}).not.toHaveProperty("segments");
    expect({}).not.toHaveProperty("all");
  });
});
