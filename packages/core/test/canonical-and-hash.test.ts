import { describe, expect, test } from "vitest";
import { canonical } from "../src/definition/canonical.ts";
import { fnv1a } from "../src/definition/hash.ts";
import { definitionHash, parseDuration } from "../src/index.ts";

describe("D11 F4 canonical JSON", () => {
  test("does not go by the order of keys, at any depth", () => {
    expect(canonical({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
    expect(canonical({ a: null, b: [{ c: 2, d: 1 }] })).toBe(canonical({ b: [{ d: 1, c: 2 }], a: null }));
  });

  test("goes by the order of a list", () => {
    expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
  });

  test("keeps a key named __proto__", () => {
    expect(canonical(JSON.parse('{ "__proto__": 1, "a": 2 }'))).toBe('{"__proto__":1,"a":2}');
  });

  test.for([[null], ["text"], [5], [true], [[]], [{}]])("of %j is its JSON", ([value]) => {
    expect(canonical(value)).toBe(JSON.stringify(value));
  });

  test("leaves the value as it was", () => {
    const value = { b: 1, a: 2 };
    canonical(value);
    expect(Object.keys(value)).toEqual(["b", "a"]);
  });
});

describe("D11 the hash of a definition", () => {
  test("is FNV-1a, by its published vectors", () => {
    expect(fnv1a("", 0x811c9dc5)).toBe("811c9dc5");
    expect(fnv1a("a", 0x811c9dc5)).toBe("e40c292c");
    expect(fnv1a("foobar", 0x811c9dc5)).toBe("bf9cf968");
  });

  test("is 16 hex digits, the same for equal definitions and another for others", () => {
    const hash = definitionHash({ segments: { a: { count: "x", gt: 1 } } });
    expect(hash).toMatch(/^[0-9a-f]{16}$/);
    expect(definitionHash({ segments: { a: { gt: 1, count: "x" } } })).toBe(hash);
    expect(definitionHash({ segments: { a: { count: "x", gt: 2 } } })).not.toBe(hash);
  });

  test("A3 is another one where experiments stand in another order, of which the first decides a slot", () => {
    const variants = [{ id: "control" }, { id: "bold", content: {} }];
    const [a, b] = [
      { slot: "hero", variants },
      { slot: "hero", variants, seed: "other" },
    ];
    const slots = { hero: { variants: [] } };
    const hashOf = (experiments: object): string => definitionHash({ segments: {}, slots, experiments });
    expect(hashOf({ b, a })).not.toBe(hashOf({ a, b }));
    expect(hashOf({ b: { variants, slot: "hero", seed: "other" }, a })).toBe(hashOf({ b, a }));
    expect(hashOf({ b })).not.toBe(hashOf({ a }));
    for (const experiments of [{ a }, { a, b }]) {
      const definition = { segments: {}, slots, experiments };
      const text = canonical(definition);
      expect(definitionHash(definition)).toBe(fnv1a(text, 0x811c9dc5) + fnv1a(text, 0x01000193));
    }
  });

  test("stays what it was: stored snapshots carry it", () => {
    expect(definitionHash({ segments: {} })).toBe("a81a7505e53a6f7b");
  });
});

describe("D6 a duration", () => {
  test.for<[string, number]>([
    ["0ms", 0],
    ["1ms", 1],
    ["90s", 90_000],
    ["5m", 300_000],
    ["2h", 7_200_000],
    ["7d", 604_800_000],
    ["2w", 1_209_600_000],
    ["007d", 604_800_000],
    ["36500000d", 3_153_600_000_000_000],
  ])("%s is %d ms", ([text, ms]) => expect(parseDuration(text)).toBe(ms));

  test.for<unknown>([
    "",
    "7",
    "d",
    "7 d",
    "-7d",
    "1.5d",
    "7D",
    "7days",
    " 7d",
    "7d\n",
    "1e3s",
    "9999999w",
    "36500001d",
    7,
    null,
    ["7d"],
  ])("is not %j", (text) => expect(parseDuration(text)).toBeUndefined());
});
