import type { SlotDecision } from "@murmur/core";
import { describe, expect, test } from "vitest";
import { rewriteSlots, SHOWN_ID } from "../src/personalize/rewrite-slots.ts";
import { newDevice } from "./kit/call.ts";
import { askText, html, PAGE, runner } from "./kit/shop-front.ts";

function decision(content: SlotDecision["content"], variant: string | null = "v"): SlotDecision {
  return { variant, content, why: "" };
}

/** The page without the block at its end, which is told apart. */
async function rewritten(page: string, slots: Record<string, SlotDecision>): Promise<string> {
  const [text, late] = await Promise.all(
    [() => slots, async () => slots].map((decided) => rewriteSlots(html(page), { decided }).text()),
  );
  // Whether it is known when the slot comes, or waited for.
  expect(late).toBe(text);
  return text!.replace(new RegExp(`<script type="application/json" id="${SHOWN_ID}">.*?</script>$`, "s"), "");
}

test("a page that passes the worker shows what the visitor's profile decides, and nothing else of it changes", async () => {
  const { text } = await askText({ device: await runner() });
  expect(text).toContain(
    '<h1 data-murmur-text="title">Find the shoe that fits your stride<template data-murmur-own>Own <b>title</b></template></h1>',
  );
  expect(text).toContain(
    '<section data-murmur-slot="hero" data-murmur-variant="running" data-murmur-edge="">',
  );
  expect(text).toContain('href="/category/running-shoes"');
  // Outside of a slot, a target is none.
  expect(text).toContain('<img src="/other.svg" data-murmur-src="image" alt=""><p>After</p></body></html>');
});

test("who is in no segment sees the page as the shop made it, byte for byte", async () => {
  const { text } = await askText({ device: newDevice() });
  expect(text).toBe(PAGE);
});

describe("a slot", () => {
  test("gets texts and attributes where its content has them, and keeps its own where not", async () => {
    const page = `<div data-murmur-slot=a data-murmur-alt="label"><a data-murmur-href="href" href='/own?a=1&amp;b="2"'>Own</a><a data-murmur-href="href">None</a><img data-murmur-src="image" src="/own.svg"></div>`;
    expect(await rewritten(page, { a: decision({ href: "/new?a=1&copy=2" }, null) })).toBe(
      `<div data-murmur-slot=a data-murmur-alt="label" data-murmur-variant="fallback" data-murmur-edge=""><a data-murmur-href="href" href="/new?a=1&#38;copy=2" data-murmur-own-href="=/own?a=1&amp;b=&quot;2&quot;">Own</a><a data-murmur-href="href" data-murmur-own-href="" href="/new?a=1&#38;copy=2">None</a><img data-murmur-src="image" src="/own.svg"></div>`,
    );
  });

  test("may be its own target, and be there twice", async () => {
    const page = `<p data-murmur-slot="a" data-murmur-text="t">Own</p><i></i><p data-murmur-slot="a" data-murmur-text="t">Own</p>`;
    const filled = `<p data-murmur-slot="a" data-murmur-text="t" data-murmur-variant="v" data-murmur-edge="">New<template data-murmur-own>Own</template></p>`;
    expect(await rewritten(page, { a: decision({ t: "New" }) })).toBe(`${filled}<i></i>${filled}`);
  });

  test("in a slot is its own", async () => {
    const page = `<div data-murmur-slot="a"><b data-murmur-text="t">1</b><div data-murmur-slot="b"><b data-murmur-text="t">2</b></div><div data-murmur-slot="c"><b data-murmur-text="t">3</b></div><b data-murmur-text="t">4</b></div>`;
    const shown = await rewritten(page, { a: decision({ t: "A" }), b: decision({ t: "B" }) });
    expect(shown.match(/>[AB](?=<template)|>3(?=<\/b>)/g)).toEqual([">A", ">B", ">3", ">A"]);
  });

  test("that is its own target ends where it ends", async () => {
    const page = `<div data-murmur-slot="a"><p data-murmur-slot="b" data-murmur-text="t">1</p><b data-murmur-text="t">2</b></div>`;
    const shown = await rewritten(page, { a: decision({ t: "A" }), b: decision({ t: "B" }) });
    expect(shown.match(/>[AB](?=<template)/g)).toEqual([">B", ">A"]);
  });

  test("has markup where it asks for it, from a field that is markup and from no other", async () => {
    const page = `<div data-murmur-slot="a"><div data-murmur-html="html"><p>Own</p></div><div data-murmur-html="title">Own</div></div>`;
    const shown = await rewritten(page, { a: decision({ html: "<em>New</em>", title: "<em>Evil</em>" }) });
    expect(shown).toContain(
      '<div data-murmur-html="html"><em>New</em><template data-murmur-own><p>Own</p></template></div>',
    );
    expect(shown).toContain('<div data-murmur-html="title">Own</div>');
  });

  test("is known by its name, however that is written in the page", async () => {
    const page = `<DIV DATA-MURMUR-SLOT='a&amp;&#98;&#x63;' data-murmur-text="t&quot;"></DIV>`;
    expect(await rewritten(page, { "a&bc": decision({ 't"': "New" }) })).toContain(">New<template");
    for (const name of ["__proto__", "constructor", "toString"])
      expect(await rewritten(`<p data-murmur-slot="${name}" data-murmur-text="${name}">Own</p>`, {})).toBe(
        `<p data-murmur-slot="${name}" data-murmur-text="${name}">Own</p>`,
      );
  });

  test("that stands in a comment, a script or a text area is none", async () => {
    const page = `<!-- <p data-murmur-slot="a" data-murmur-text="t">x</p> --><script>"<p data-murmur-slot='a' data-murmur-text='t'>x</p>"</script><textarea><p data-murmur-slot="a" data-murmur-text="t">x</p></textarea>`;
    expect(await rewritten(page, { a: decision({ t: "New" }) })).toBe(page);
  });
});

describe("a page that leaves end tags out, or has them wrong, shows all that it showed", () => {
  const cases: [string, string, string][] = [
    [
      "a paragraph ended by the next",
      `<div data-murmur-slot="a"><p data-murmur-text="t">Own<p>Next</div>After`,
      `<p data-murmur-text="t">New<template data-murmur-own>Own</template><p>Next</div>After`,
    ],
    [
      "one ended by what is around it",
      `<div data-murmur-slot="a"><p data-murmur-text="t">Own</div>After`,
      `<p data-murmur-text="t">New<template data-murmur-own>Own</template></div>After`,
    ],
    [
      "one ended by the page's end",
      `<div data-murmur-slot="a"><p data-murmur-text="t">Own`,
      `<p data-murmur-text="t">New<template data-murmur-own>Own</template>`,
    ],
    [
      "an item with a list in it",
      `<ul data-murmur-slot="a"><li data-murmur-text="t">Own<ul><li>In</ul>Own<li>Next</ul>After`,
      `<li data-murmur-text="t">New<template data-murmur-own>Own<ul><li>In</ul>Own</template><li>Next</ul>After`,
    ],
    [
      "a paragraph ended by the next item",
      `<ul data-murmur-slot="a"><li><p data-murmur-text="t">Own<li>Next</ul>After`,
      `<li><p data-murmur-text="t">New<template data-murmur-own>Own</template><li>Next</ul>After`,
    ],
    [
      "one that is a slot, ended by the next cell",
      `<table><tr><td><p data-murmur-slot="a"><b data-murmur-text="t">1</b><td><b data-murmur-text="t">2</b></table>`,
      `<b data-murmur-text="t">New<template data-murmur-own>1</template></b><td><b data-murmur-text="t">2</b></table>`,
    ],
    [
      "a table's head and body, ended by the next",
      `<table><thead data-murmur-slot="a"><tr><th data-murmur-text="t">1<tbody data-murmur-slot="a"><tr><td data-murmur-text="t">2<tbody><tr><td data-murmur-text="t">3</table>`,
      `2</template><tbody><tr><td data-murmur-text="t">3</table>`,
    ],
    [
      "a table in a cell, and the row after it",
      `<table><tr data-murmur-slot="a"><td><b data-murmur-text="t">1</b><table><tr><td><b data-murmur-text="t">2</b></table><tr><td><b data-murmur-text="t">3</b></table>`,
      `2</template></b></table><tr><td><b data-murmur-text="t">3</b></table>`,
    ],
    [
      "slots without ends",
      `<ul><li data-murmur-slot="a"><b data-murmur-text="t">1</b><li data-murmur-slot="b"><b data-murmur-text="t">2</b><li><b data-murmur-text="t">3</b></ul>`,
      `<b data-murmur-text="t">New<template data-murmur-own>1</template></b><li data-murmur-slot="b"><b data-murmur-text="t">2</b><li><b data-murmur-text="t">3</b></ul>`,
    ],
    [
      "what can hold nothing",
      `<div data-murmur-slot="a"><img data-murmur-text="t"><br data-murmur-text="t"></div>After`,
      `<img data-murmur-text="t"><br data-murmur-text="t"></div>After`,
    ],
  ];
  test.each(cases)("%s", async (_what, page, shown) => {
    expect(await rewritten(page, { a: decision({ t: "New" }) })).toMatch(new RegExp(`${escaped(shown)}$`));
  });
});

test("the tag finds what is shown, with what is to be recorded of it, at the page's end", async () => {
  const shown = {
    ...decision({ t: "</script><b>\u2028" }),
    exposures: [{ name: "Slot Viewed", properties: {} }],
  };
  const page = `<p data-murmur-slot="a" data-murmur-text="t">Own</p></body></html>`;
  const text = await rewriteSlots(html(page), { decided: () => ({ a: shown, unseen: decision({}) }) }).text();
  const [, json] = /<script type="application\/json" id="murmur-slots">([^<]*)<\/script>$/.exec(text)!;
  expect(JSON.parse(json!)).toEqual({ a: shown });
});

test("what is written reads the same in whatever encoding the page is", async () => {
  const shown = await rewritten(`<p data-murmur-slot="a" data-murmur-text="t">Own</p>`, {
    a: decision({ t: "Schöne Schuhe — 👟" }),
  });
  expect(shown).toContain(">Sch&#246;ne Schuhe &#8212; &#128095;<template");
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
