import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compile,
  cutEntry,
  decide,
  deviceDefinition,
  interpolate,
  load,
  manifestOf,
  readsOf,
  type Definition,
  type Json,
} from "../src/index.ts";
import { event, identify } from "./kit/entries.ts";

/** One text, with one value for every path. */
function filled(template: string, value: unknown, field = "title"): unknown {
  return interpolate({ [field]: template }, () => value)[field];
}

describe("I1 I2 I3 values in texts", () => {
  const program = compile({
    segments: {},
    measures: {
      "top.category": { favorite: "category", of: "Product Viewed" },
      spent: { sum: "total", of: "Order" },
    },
    slots: {
      hero: {
        variants: [],
        fallback: {
          content: {
            title: "Hello {{ traits.name | you }}, of {{traits.address.city|somewhere}}",
            list: ["{{ measures.top.category }}", { deep: ["{{ measures.spent }}", 5, null, true] }],
            hour: "{{ context.hour }} {{ context.utm.source | nowhere }}",
          },
        },
      },
    },
  });

  test("I1 I2 I3 X4 are those of the profile and the visit, however deep", () => {
    const profile = program.profile();
    profile.record(event("Product Viewed", 5, { category: "shoes" }));
    profile.record(event("Order", 6, { total: 12.5 }));
    profile.identify(identify(7, { name: "Ada", address: { city: "Rome" } }));
    const context = { timezone: "Asia/Kathmandu", utm: { source: "mail" } };
    expect(decide(program, profile, { context })["hero"]!.content).toEqual({
      title: "Hello Ada, of Rome",
      list: ["shoes", { deep: ["12.5", 5, null, true] }],
      hour: "5 mail",
    });
  });

  test("I2 I3 stand aside for the default where there are none, without a context and of nobody yet", () => {
    expect(decide(program, program.profile())["hero"]!.content).toEqual({
      title: "Hello you, of somewhere",
      list: ["", { deep: ["0", 5, null, true] }],
      hour: " nowhere",
    });
  });

  test("I1 leave the definition as it was", () => {
    const before = JSON.stringify(program.definition);
    decide(program, program.profile());
    expect(JSON.stringify(program.definition)).toBe(before);
  });

  test.for<[unknown, string]>([
    ["Ada", "Ada"],
    [0, "0"],
    [-1.5, "-1.5"],
    [true, "true"],
    [false, "false"],
    ["", "?"],
    [null, "?"],
    [undefined, "?"],
    [NaN, "?"],
    [Infinity, "?"],
    [{ toString: () => "x" }, "?"],
    [["x"], "?"],
  ])("I2 print %j as %s", ([value, printed]) => {
    expect(filled("{{ a | ? }}", value)).toBe(printed);
  });

  test.for([
    "__proto__.x",
    "constructor.name",
    "traits.constructor",
    "traits.__proto__.x",
    "traits.a.length",
    "traits",
  ])("I3 have only own properties: %s", (path) => {
    const slots = { hero: { variants: [], fallback: { content: { title: `[{{ ${path} }}]` } } } };
    // As a device loads it, unchecked.
    const unchecked = load(manifestOf({ segments: {}, slots } as Definition));
    const profile = unchecked.profile();
    profile.identify(identify(1, { a: "text" }));
    expect(decide(unchecked, profile)["hero"]!.content).toEqual({ title: "[]" });
  });

  test("I9 D14 the device knows the traits that texts read", () => {
    const device = load(
      manifestOf(
        deviceDefinition({
          segments: {},
          slots: { hero: { variants: [], fallback: { content: { title: "{{ traits.name.first }}" } } } },
          experiments: {
            x: {
              slot: "hero",
              variants: [{ id: "a" }, { id: "b", content: { deep: ["{{ traits.tier }}"] } }],
            },
          },
        }),
      ),
    );
    const reads = readsOf(device);
    expect([...reads.traits]).toEqual(["name", "tier"]);
    const known = cutEntry(identify(1, { name: { first: "Ada" }, secret: "x", tier: 1 }), reads);
    expect(known).toMatchObject({ traits: { name: { first: "Ada" }, tier: 1 } });
    expect(known).not.toHaveProperty("traits.secret");
  });
});

describe("I4 a value is data", () => {
  test.for([
    "{{ traits.secret }}",
    "{{",
    "}}",
    "$&",
    "$1",
    "$`",
    "$'",
    "$$",
    "\\u0041",
    "<%= 1 %>",
    "${1}",
    "{{{{a}}}}",
  ])("I4 whatever it looks like: %s", (value) => {
    expect(filled("a {{ traits.x }} b {{ traits.y | z }} c", value)).toBe(`a ${value} b ${value} c`);
  });

  test("I4 in any number, of anything", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }).filter((text) => text !== "")), (values) => {
        let next = 0;
        const template = values.map(() => "[{{ a }}]").join("");
        const made = interpolate({ title: template }, () => values[next++]);
        expect(made["title"]).toBe(values.map((value) => `[${value}]`).join(""));
      }),
    );
  });

  test("I1 I4 what is no expression is text", () => {
    for (const text of ["{{ }", "{ { a } }", "{{}}", "{{|a}}", "{{ {a} }}", "}}{{"])
      expect(filled(text, "value")).toBe(text);
  });
});

test("I1 a content without values is passed on as it is, __proto__ too", () => {
  const content = JSON.parse('{ "__proto__": { "x": "{{ a }}" }, "list": [[1]] }') as Record<string, Json>;
  const made = interpolate(content, () => "v");
  expect(JSON.stringify(made)).toBe('{"__proto__":{"x":"v"},"list":[[1]]}');
  expect(({} as { x?: string }).x).toBeUndefined();
});
