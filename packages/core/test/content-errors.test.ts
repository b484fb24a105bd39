import { describe, expect, test } from "vitest";
import { checkDefinition, type DefinitionIssue } from "../src/index.ts";
import { issuesOf } from "./kit/issues.ts";

const measures = { views: { count: "Product Viewed" } };

function ofContent(content: unknown): readonly DefinitionIssue[] {
  return issuesOf({ segments: {}, measures, slots: { hero: { variants: [], fallback: { content } } } });
}

function ofHtml(html: string): string {
  return ofContent({ html })
    .map(({ message }) => message)
    .join();
}

describe("I1 an expression that reads nothing", () => {
  test.for<[string, string]>([
    ["{{ trait.name }}", 'did you mean "traits"?'],
    ["{{ name }}", "must read traits, measures or context"],
    ["{{ traits }}", "must read traits, measures or context"],
    ["{{ traits. }}", "must read traits, measures or context"],
    ["{{ traits..a }}", "must read traits, measures or context"],
    ["{{ measures.view }}", 'unknown measure "view": did you mean "views"?'],
    ["{{ measures.constructor }}", "unknown measure"],
    ["{{ __proto__.x }}", "must read traits, measures or context"],
  ])("I1 D4 %s is refused", ([title, message]) => {
    const issues = ofContent({ a: [{ title }] });
    expect(issues.map(({ path }) => path)).toEqual(["slots.hero.fallback.content.a[0].title"]);
    expect(issues[0]!.message).toContain(message);
  });

  test("I1 D3 all of them at once, each variant's and each experiment's", () => {
    const content = { title: "{{ a.b }} {{ traits.x }} {{ c.d }}" };
    const issues = issuesOf({
      segments: {},
      slots: { hero: { variants: [{ id: "v", when: { all: [] }, content }] } },
      experiments: { x: { slot: "hero", variants: [{ id: "a", content }, { id: "b" }] } },
    });
    const [shown, dealt] = [
      "slots.hero.variants[0].content.title",
      "experiments.x.variants[0].content.title",
    ];
    expect(issues.map(({ path }) => path)).toEqual([shown, shown, dealt, dealt]);
  });

  test("I1 what is no expression is not looked at", () => {
    expect(ofContent({ a: "{{}} {{", b: 5, c: null, d: [true] })).toEqual([]);
  });

  test("I9 D10 a measure of private events is for devices alone", () => {
    const hero = { variants: [], fallback: { content: { title: "{{ measures.views }}" } } };
    const definition = { segments: {}, measures, private: ["Product Viewed"] };
    expect(issuesOf({ ...definition, slots: { hero } }).map(({ path }) => path)).toEqual(["slots.hero"]);
    expect(issuesOf({ ...definition, slots: { hero: { ...hero, evaluate: "device" } } })).toEqual([]);
  });
});

describe("I8 a place in HTML where no escaping helps", () => {
  const value = "{{ traits.x }}";

  test.for<[string, string]>([
    [`<b ${value}>`, "in a tag"],
    [`<b class=${value}>`, "in a tag"],
    [`<${value}>`, "in a tag"],
    [`<b a="x" ${value}="y">`, "in a tag"],
    [`<b onclick="${value}">`, '"onclick"'],
    [`<b ONCLICK = '${value}'>`, '"onclick"'],
    [`<b style="color: ${value}">`, '"style"'],
    [`<b id="${value}">`, '"id"'],
    [`<iframe srcdoc="${value}">`, "<iframe>"],
    [`<img srcset="${value}">`, '"srcset"'],
    [`<a href="${value}">`, "beginning of a URL"],
    [`<a href="javascript:${value}">`, "beginning of a URL"],
    [`<a href=' java${value}'>`, "beginning of a URL"],
    [`<script>${value}</script>`, "<script>"],
    [`<SCRIPT>"<b>${value}`, "<script>"],
    [`<script src="/${value}">`, "<script>"],
    [`<style>${value}</style>`, "<style>"],
    [`<textarea>${value}</textarea>`, "<textarea>"],
    [`<svg><text>${value}`, "<svg>"],
    [`<base href="/${value}">`, "<base>"],
    [`<!-- ${value} -->`, "in a comment"],
    [`<!-- <b> ${value}`, "in a comment"],
    ["{{ traits.x | <b> }}", "markup in its default"],
    ['<b title="{{ traits.x | " }}">', "quotes in its default"],
  ])("I8 %s", ([html, message]) => {
    expect(ofHtml(html)).toContain(message);
  });

  test.for([
    `<b>${value}</b> ${value}`,
    `<b title="a > b ${value}">${value}</b>`,
    `<b class='x ${value}' data-x="${value}" aria-label="${value}">`,
    `<a href="/a/${value}?b=${value}">${value}</a>`,
    `<a href='https://shop.example/${value}'>`,
    `<a href="mailto:${value}">`,
    `<img src="#${value}">`,
    `<script>x</script>${value}`,
    `<!-- x -->${value}`,
    `1 < 2 ${value}`,
    `<br/>${value}`,
    `<!doctype html>${value}`,
    `{{ traits.x | it's "x" }}`,
    `<b title="{{ traits.y }}>${value}`,
  ])("I8 but not %s", (html) => {
    expect(ofHtml(html)).toBe("");
  });

  test("I8 D3 however it is written, the check ends soon", () => {
    const tag = "<a ".repeat(8_000);
    for (const html of [
      `${tag}${value.repeat(1_000)}`,
      `${`<b title="${value}`.repeat(1_500)}`,
      "<".repeat(60_000) + value,
    ]) {
      const slots = { hero: { variants: [], fallback: { content: { html } } } };
      expect(checkDefinition({ segments: {}, slots }).length).toBeGreaterThanOrEqual(0);
    }
  });
});
