import { interpolate } from "@murmur/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeHtml, readAttribute } from "../src/personalize/html-text.ts";
import { rewriteSlots } from "../src/personalize/rewrite-slots.ts";
import { html } from "./kit/shop-front.ts";

const PAGE = `<section data-murmur-slot="a"><h1 data-murmur-text="title">Own</h1><a data-murmur-href="href" href="/own" data-murmur-alt="title">Own</a><img data-murmur-src="image" data-murmur-alt="title" src="/own.svg"><div data-murmur-html="html">Own</div></section><p id="after">After</p>`;

/** What a definition makes of it, with a value that somebody else has chosen. */
const CONTENT = {
  title: "Hello {{ traits.name }}",
  href: "/search?q={{ traits.name }}",
  image: "{{ traits.name }}",
  html: '<b>{{ traits.name }}</b><a href="/x?q={{ traits.name }}">x</a>',
};

const VALUES = [
  "<img src=x onerror=alert(1)>",
  "</h1><script>alert(1)</script>",
  "</template><script>alert(1)</script>",
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  '" onmouseover="alert(1)',
  "javascript:alert(1)",
  " \u0001java\nscript:alert(1)",
  "javascript&colon;alert(1)",
  "&#106;avascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "{{ traits.password }}",
  "${alert(1)}{{constructor.constructor('alert(1)')()}}",
  "<!--",
  "--><script>alert(1)</script>",
  "</script><script>alert(1)</script>",
  "\0<\u2028>",
  "\ud800<b>",
];

/** Elements and attributes of a page, in their order, as a reader of HTML finds them; without the block at its end. */
async function skeleton(page: Response): Promise<{ tags: string[]; urls: string[]; texts: string }> {
  const [tags, urls]: string[][] = [[], []];
  let texts = "";
  const reader = new HTMLRewriter().on("*", {
    element(element) {
      if (element.getAttribute("id") === "murmur-slots") return;
      tags!.push(`${element.tagName} ${[...element.attributes].map(([name]) => name).join(" ")}`);
      for (const name of ["href", "src"])
        if (element.hasAttribute(name)) urls!.push(readAttribute(element.getAttribute(name)!));
    },
    text({ text }) {
      texts += text;
    },
  });
  await reader.transform(page).text();
  return { tags: tags!, urls: urls!, texts };
}

/** The page for a shopper of that name. */
function pageFor(name: string): Response {
  const content = interpolate(CONTENT, () => name);
  return rewriteSlots(html(PAGE), { decided: async () => ({ a: { variant: "v", content, why: "" } }) });
}

describe("what somebody else has chosen is text and nothing else", () => {
  test.each(VALUES)("%j", async (value) => {
    const [plain, hostile] = [await skeleton(pageFor("Ada")), await skeleton(pageFor(value))];
    // One attribute may be left out, where its address would run code: its element keeps its own.
    const shape = (tags: string[]) => tags.map((tag) => tag.replaceAll(/ data-murmur-own-src/g, ""));
    expect(shape(hostile.tags)).toEqual(shape(plain.tags));
    for (const url of hostile.urls) expect(new URL(url, "https://shop.example").protocol).toBe("https:");
  });

  test("whatever it is", async () => {
    const plain = await skeleton(pageFor("Ada"));
    const piece = fc.constantFrom(
      ...VALUES,
      "<",
      ">",
      '"',
      "'",
      "&",
      "`",
      "=",
      "/",
      "\\",
      "\t",
      "\n",
      "é",
      "</",
    );
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(piece).map((pieces) => pieces.join("")),
    );
    await fc.assert(
      fc.asyncProperty(value, async (name) => {
        const { tags } = await skeleton(pageFor(name));
        expect(tags.map((tag) => tag.replace(" data-murmur-own-src", ""))).toEqual(
          plain.tags.map((tag) => tag.replace(" data-murmur-own-src", "")),
        );
      }),
      { numRuns: 60 },
    );
  }, 30_000);
});

test("text and attributes read back as what was written", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(escapeHtml(text)).toMatch(/^[ -~]*$/);
      expect(escapeHtml(text)).not.toMatch(/[<>"'`]/);
      expect(readAttribute(escapeHtml(text))).toBe(text.replaceAll("\0", "\ufffd"));
    }),
  );
  expect(readAttribute("&#x110000;&#9999999;&unknown;&amp")).toBe("&#x110000;&#9999999;&unknown;&amp");
});

test.each([
  ["script", `<script data-murmur-text="t" data-murmur-src="u"></script>`],
  ["style", `<style data-murmur-text="t"></style>`],
  ["link", `<link data-murmur-href="u" rel="stylesheet">`],
  ["base", `<base data-murmur-href="u">`],
  ["iframe", `<iframe data-murmur-src="u"></iframe>`],
  ["object", `<object data-murmur-text="t"></object>`],
])("nothing is put into a %s", async (_element, inside) => {
  const page = `<div data-murmur-slot="a">${inside}</div>`;
  const decision = { variant: "v", content: { t: "alert(1)", u: "https://evil.example/x" }, why: "" };
  const text = await rewriteSlots(html(page), { decided: async () => ({ a: decision }) }).text();
  expect(text).toContain(inside);
});

test("a variant's name cannot leave its attribute", async () => {
  const page = `<p data-murmur-slot="a">Own</p>`;
  const decision = { variant: `x" onclick="alert(1)`, content: {}, why: "" };
  const text = await rewriteSlots(html(page), { decided: async () => ({ a: decision }) }).text();
  expect(text).toContain(
    `<p data-murmur-slot="a" data-murmur-variant="x&#34; onclick=&#34;alert(1)" data-murmur-edge="">`,
  );
});
