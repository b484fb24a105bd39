import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { interpolate, isSafeUrl, type SlotContent } from "../src/index.ts";
import { HOSTILE } from "./kit/hostile-values.ts";

/** One text, with one value for every path. */
function filled(template: string, value: unknown, field = "title"): unknown {
  return interpolate({ [field]: template }, () => value)[field];
}

describe("I5 I6 in HTML", () => {
  test.for(["html", "bodyHtml", "HTML"])("I5 I6 values are escaped in %s", (field) => {
    expect(filled("<b>{{ a }}</b>", `&<>"'\``, field)).toBe("<b>&#38;&#60;&#62;&#34;&#39;&#96;</b>");
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

  test.for([
    `<a href="/men's/{{ a }}">x</a>`,
    `<a href="/a>b/{{ a }}">x</a>`,
    `<a href='/"/{{ a }}'>x</a>`,
    `<a class="x"href="/p/{{ a }}">x</a>`,
    `<a/href="/p/{{ a }}">x</a>`,
    `<img alt=" href='" src="/p/{{ a }}">`,
  ])("I6 I7 a value is a part of the address, however that is written: %s", (template) => {
    expect(filled(template, "/evil.example?a&b", "html")).toBe(
      template.replace("{{ a }}", "%2Fevil.example%3Fa%26b"),
    );
  });

  test.for([`href="{{ a }}"`, `<b title=" href='">{{ a }}</b>`, `<b title=' href="{{ a }}'>x</b>`])(
    "I6 what only looks like an address is none: %s",
    (template) => {
      expect(filled(template, "a&b", "html")).toBe(template.replace("{{ a }}", "a&#38;b"));
    },
  );

  test("I5 goes by the field that is nearest, in lists too", () => {
    const content: SlotContent = { html: { title: "{{ a }}" }, blocks: { html: ["{{ a }}", ["{{ a }}"]] } };
    expect(interpolate(content, () => "<")).toEqual({
      html: { title: "<" },
      blocks: { html: ["&#60;", ["&#60;"]] },
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

  test("I7 isSafeUrl says of any text what the URL standard says of its scheme", { timeout: 20_000 }, () => {
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
  return text.replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)));
}
