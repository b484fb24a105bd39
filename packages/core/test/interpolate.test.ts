import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compile,
  cutEntry,
  decide,
  deviceDefinition,
  interpolate,
  isSafeUrl,
  load,
  manifestOf,
  readsOf,
  type Definition,
  type Json,
  type SlotContent,
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

/** Fields and the kind of place that they name. */
const HOSTILE = [
  `<script>alert(1)</script>`,
  `<img src=x onerror=alert(1)>`,
  `"><svg onload=alert(1)>`,
  `' onmouseover='alert(1)`,
  "` onfocus=`alert(1)",
  `</title><script>alert(1)</script>`,
  `javascript:alert(1)`,
  `JaVaScRiPt:alert(1)`,
  `\u0001javascript:alert(1)`,
  `java\nscript:alert(1)`,
  `data:text/html,<script>alert(1)</script>`,
  `vbscript:msgbox(1)`,
  `//evil.example/`,
  `\\\\evil.example`,
  `{{ traits.secret }}`,
  `&lt;script&gt;`,
  `%3Cscript%3E`,
  `..`,
  `\ud800`,
];

describe("I5 I6 in HTML", () => {
  test.for(["html", "bodyHtml", "HTML"])("I5 I6 values are escaped in %s", (field) => {
    expect(filled("<b>{{ a }}</b>", `&<>"'\``, field)).toBe("<b>&amp;&lt;&gt;&quot;&#39;&#96;</b>");
  });

  test.for(["title", "text", "htmlTitle", "constructor"])("I5 but not in %s, which is text", (field) => {
    expect(filled("<b>{{ a }}</b>", `&<>"'`, field)).toBe(`<b>&<>"'</b>`);
  });

  test.for(HOSTILE)("I6 no value makes markup: %j", (value) => {
    const made = filled(`<p title="{{ a }}">{{ a }}</p>`, value, "html") as string;
    const [, attribute, text] = /^<p title="([^"<>]*)">([^<>]*)<\/p>$/.exec(made)!;
    for (const part of [attribute!, text!]) expect(unescaped(part)).toBe(value);
  });

  test.for(HOSTILE)("I6 I7 a value in an address is a part of it: %j", (value) => {
    for (const name of ["href", "src", "action"]) {
      const made = filled(`<a ${name}='/a/{{ a }}?b={{ a }}'>x</a>`, value, "html") as string;
      const [, address] = /^<a \w+='([^'<>"]*)'>x<\/a>$/.exec(made)!;
      const { origin, searchParams } = new URL(address!, "https://shop.example");
      expect(origin).toBe("https://shop.example");
      expect(["", value]).toContain(searchParams.get("b"));
    }
  });

  test("I5 goes by the field that is nearest, in lists too", () => {
    const content: SlotContent = { html: { title: "{{ a }}" }, blocks: { html: ["{{ a }}", ["{{ a }}"]] } };
    expect(interpolate(content, () => "<")).toEqual({
      html: { title: "<" },
      blocks: { html: ["&lt;", ["&lt;"]] },
    });
  });
});

describe("I5 I7 in URLs", () => {
  test.for(["href", "src", "imageUrl", "cta_link", "image", "IMAGE"])(
    "I5 I7 values are one part of %s",
    (field) => {
      expect(filled("/search?q={{ a }}#top", "a b&c=/?#'\u00e9", field)).toBe(
        "/search?q=a%20b%26c%3D%2F%3F%23%27%C3%A9#top",
      );
    },
  );

  test.for(HOSTILE)("I7 lead where the definition says, or nowhere: %j", (value) => {
    for (const template of [
      "/p/{{ a }}",
      "https://shop.example/{{ a }}/x?y={{ a }}",
      "{{ a }}",
      "?q={{ a }}",
    ]) {
      const made = filled(template, value, "href");
      const { protocol, host } = new URL(made as string, "https://shop.example/at/");
      expect([protocol, host]).toEqual(["https:", "shop.example"]);
    }
  });

  test("I7 a path does not climb, and what is no Unicode is missing", () => {
    for (const value of [".", "..", "\ud800", "a\udc00"]) {
      expect(filled("/users/{{ a | me }}/", value, "href")).toBe("/users/me/");
    }
    expect(filled("/{{ a }}", "...", "href")).toBe("/...");
  });

  test.for<[string, string]>([
    ["{{ a }}:alert(1)", "javascript"],
    ["{{ a }}script:alert(1)", "java"],
    [" {{ a }}:alert(1)", "JavaScript"],
    ["java\tscript:{{ a }}", "1"],
    ["data:text/html,{{ a }}", "x"],
    ["blob:{{ a }}", "x"],
    ["\u0000\u001f javascript:{{ a }}", "x"],
  ])("I7 one that would run code is left out: %j", ([template, value]) => {
    expect(interpolate({ href: template, title: "{{ a }}" }, () => value)).toEqual({ title: value });
    expect(interpolate({ image: ["/x", template] }, () => value)).toEqual({ image: ["/x", null] });
  });

  test.for([
    "https://x.example/{{ a }}",
    "HTTP://x/{{ a }}",
    "mailto:{{ a }}",
    "tel:{{ a }}",
    "/a:{{ a }}",
    "#{{ a }}",
    "a/b:{{ a }}",
  ])("I7 others stay: %s", (template) => {
    expect(filled(template, "1", "href")).toBe(template.replace("{{ a }}", "1"));
  });

  test("I7 what has no value in it is the definition's own", () => {
    expect(filled("data:image/png;base64,AA==", "", "image")).toBe("data:image/png;base64,AA==");
  });

  test("I7 isSafeUrl says of any text what the URL standard says of its scheme", () => {
    const piece = fc.constantFrom(
      "javascript",
      "java",
      "script",
      "http",
      "https",
      "mailto",
      ":",
      "/",
      "\t",
      "\n",
      " ",
      "\0",
      "a",
      "+",
      "1",
      "?",
      "#",
      "\\",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const url = pieces.join("");
        // Relative to a scheme of its own, so that what names none is known by it.
        const { protocol } = URL.parse(url, "https://own.example/") ?? { protocol: "none:" };
        if (protocol === "none:") return;
        expect(isSafeUrl(url)).toBe(["https:", "http:", "mailto:"].includes(protocol));
      }),
      { numRuns: 5_000 },
    );
  });
});

/** What a browser reads. */
function unescaped(text: string): string {
  const names: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", "#96": "`", amp: "&" };
  return text.replace(/&(lt|gt|quot|#39|#96|amp);/g, (_all, name: string) => names[name]!);
}

test("I1 a content without values is passed on as it is, __proto__ too", () => {
  const content = JSON.parse('{ "__proto__": { "x": "{{ a }}" }, "list": [[1]] }') as Record<string, Json>;
  const made = interpolate(content, () => "v");
  expect(JSON.stringify(made)).toBe('{"__proto__":{"x":"v"},"list":[[1]]}');
  expect(({} as { x?: string }).x).toBeUndefined();
});
