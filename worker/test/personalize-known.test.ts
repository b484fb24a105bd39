import type { SlotDecision } from "@murmur/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { personalize } from "../src/personalize/personalize.ts";
import { rewriteSlots, type Decisions } from "../src/personalize/rewrite-slots.ts";
import { html } from "./kit/shop-front.ts";

function decision(title: string): SlotDecision {
  return { variant: "v", content: { t: title, u: "/new", html: "<i>é</i>" }, why: "" };
}

const NEW: Decisions = { a: decision("New"), b: decision("Ärmel & <b>") };

/** A page whose body comes in pieces, as from a network. */
function inPieces(text: string, sizes: readonly number[], headers?: HeadersInit): Response {
  const bytes = new TextEncoder().encode(text);
  const { readable, writable } = new IdentityTransformStream();
  const write = async (): Promise<void> => {
    const writer = writable.getWriter();
    let at = 0;
    for (const size of sizes) {
      if (at < bytes.length) await writer.write(bytes.slice(at, at + size));
      at += size;
    }
    if (at < bytes.length) await writer.write(bytes.slice(at));
    await writer.close();
  };
  void write().catch(() => {});
  return html(readable, headers);
}

let addresses = 0;

/** A shop's page, asked for again and again. */
function address(): (page: Response, decisions?: Decisions | Promise<Decisions>) => Promise<Response> {
  const url = `https://shop.example/known-${addresses++}`;
  return (page, decisions = NEW) =>
    personalize(
      { url, device: "", isNew: false, marketing: true, context: {}, cookie: "c=1" },
      Promise.resolve(page),
      { decide: async () => decisions, timeout: 5_000 },
    );
}

async function made(text: string, decisions: Decisions = NEW): Promise<string> {
  return rewriteSlots(html(text), { decided: () => decisions }).text();
}

/** Whether a page is answered from what is known: then HTMLRewriter, which reads all of the page, is not there to be counted. */
async function countReaders<Result>(work: () => Promise<Result>): Promise<{ result: Result; read: number }> {
  const real = HTMLRewriter.prototype.transform;
  let read = 0;
  HTMLRewriter.prototype.transform = function (page) {
    read++;
    return real.call(this, page);
  };
  try {
    return { result: await work(), read };
  } finally {
    HTMLRewriter.prototype.transform = real;
  }
}

const HEAD = `<!doctype html><title>Shop – ä</title>`;
const SLOT = `<section data-murmur-slot="a"><h1 data-murmur-text="t">Own <b>x</b></h1><a data-murmur-href="u" href=/own>Own</a></section>`;
const REST = `<ul>${"<li class=card><a href=/x>A shoe</a></li>".repeat(200)}</ul>`;

/** Has a page learnt: twice it is asked for, and read. */
async function learnt(page: string): Promise<ReturnType<typeof address>> {
  const ask = address();
  for (let turn = 0; turn < 2; turn++) await (await ask(html(page))).text();
  await expect
    .poll(async () => (await countReaders(async () => (await ask(html(page))).text())).read, {
      timeout: 20_000,
    })
    .toBe(0);
  return ask;
}

test("HTMLRewriter does not read a page again that is the same, and what it becomes is the same", async () => {
  const page = HEAD + SLOT + REST;
  const ask = await learnt(page);
  const known = await countReaders(async () => (await ask(html(page))).text());
  expect(known).toEqual({ result: await made(page), read: 0 });
  // For who is shown something else it reads what comes before the end of the last slot.
  const other = { a: decision("Other") };
  const first = await countReaders(async () => (await ask(html(page), other)).text());
  expect(first).toEqual({ result: await made(page, other), read: 1 });
  const second = await countReaders(async () => (await ask(html(page), other)).text());
  expect(second).toEqual({ result: first.result, read: 0 });
});

test("what follows the last slot may be another each time", async () => {
  const ask = await learnt(HEAD + SLOT + REST);
  for (const rest of [
    "",
    "<p>Other</p>",
    `${REST}<script nonce="1">x</script>`,
    REST.replace("shoe", "shop"),
  ]) {
    const page = HEAD + SLOT + rest;
    const known = await countReaders(async () => (await ask(inPieces(page, [50, 700, 20]))).text());
    expect(known).toEqual({ result: await made(page), read: 0 });
  }
});

describe("a page that is another is read again", () => {
  const cases: [string, string][] = [
    ["another beginning", `<!doctype html><title>Shop – ö</title>${SLOT}${REST}`],
    ["another slot", HEAD + SLOT.replace("Own", "own") + REST],
    ["an end within the slot", HEAD + SLOT.slice(0, 90)],
    ["an end before the slot", HEAD],
    ["nothing", ""],
    ["one more slot", `${HEAD}${SLOT}${REST}<p data-murmur-slot="b" data-murmur-text="t">Own</p>`],
    ["one more, in capitals", `${HEAD}${SLOT}<P DATA-MURMUR-SLOT=b data-murmur-text=t>Own</p>${REST}`],
    [
      "a comment about one",
      `${HEAD}${SLOT}<!-- <p data-murmur-slot="b" data-murmur-text="t">Own</p> -->${REST}`,
    ],
  ];
  test.each(cases)("%s", async (_what, page) => {
    const expected = await made(page);
    for (const sizes of [[], [10, 100, 150, 300], Array.from({ length: 400 }, () => 25)]) {
      const ask = await learnt(HEAD + SLOT + REST);
      expect(await (await ask(inPieces(page, sizes))).text()).toBe(expected);
    }
  });
});

test("pages in pieces, learnt as one page and asked for as another, are what HTMLRewriter makes of them", async () => {
  const piece = fc.constantFrom(
    SLOT,
    "<p>Text",
    "</p>",
    `<p data-murmur-slot="b" data-murmur-text="t">Own`,
    `<div data-murmur-slot=a>`,
    `<b data-murmur-text=t>Own</b>`,
    `<div data-murmur-html="html"><p>Own</p></div>`,
    "</div>",
    "</section>",
    "<li data-murmur-slot=a data-murmur-text=t>Own",
    `<img data-murmur-slot="a" data-murmur-src="u">`,
    "<!-- <p data-murmur-slot=a> -->",
    "<script>'<p data-murmur-slot=a>'</script>",
    "<!--",
    "-->",
    "<svg><p data-murmur-slot=a data-murmur-text=t>Own</p>",
    "</svg>",
    "<textarea>",
    "</textarea>",
    "<title data-murmur-slot",
    `="a">`,
    "data-mur",
    "ä – 👟",
  );
  const page = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
  const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(page, page, page, sizes, async (begin, rest, other, sizes) => {
      const ask = address();
      for (let turn = 0; turn < 3; turn++) await (await ask(html(begin + rest))).text();
      for (const text of [begin + rest, begin + other, begin + other + rest])
        expect(await (await ask(inPieces(text, sizes))).text()).toBe(await made(text));
    }),
    { numRuns: 150 },
  );
}, 60_000);

test("a page that is known goes out as it comes in, and what comes before its first slot does not wait for a decision", async () => {
  const ask = await learnt(HEAD + SLOT + REST + SLOT);
  const { readable, writable } = new IdentityTransformStream();
  const writer = writable.getWriter();
  const write = (text: string): void => void writer.write(new TextEncoder().encode(text));
  let decide!: (decisions: Decisions) => void;
  const answer = await ask(html(readable), new Promise<Decisions>((resolve) => (decide = resolve)));
  const body = answer.body!.getReader();
  const readTo = async (wanted: string): Promise<string> => {
    let text = "";
    while (!text.includes(wanted)) text += new TextDecoder().decode((await body.read()).value);
    return text;
  };
  write(HEAD);
  expect(await readTo("</title>")).toBe(HEAD);
  write(SLOT);
  decide(NEW);
  expect(await readTo("</section>")).toContain(">New<template");
  write(REST);
  expect(await readTo("</ul>")).toBe(REST);
  write(SLOT);
  void writer.close();
  expect(await readTo("</script>")).toContain(">New<template");
});

test("a page that begins differently each time is not learnt for ever", async () => {
  const ask = address();
  const { read } = await countReaders(async () => {
    for (let turn = 0; turn < 20; turn++) await (await ask(html(`<!-- ${turn} -->${SLOT}`))).text();
  });
  // Each is read once by who shows it, few by who learns it.
  expect(read).toBeLessThan(20 + 8);
});

test.each(["no-store", "private, no-cache"])("what is %s is not kept", async (control) => {
  const ask = address();
  const page = () => html(HEAD + SLOT, { "cache-control": control });
  const { read } = await countReaders(async () => {
    for (let turn = 0; turn < 5; turn++) await (await ask(page())).text();
  });
  expect(read).toBe(5);
});

test("a known page that breaks off in its middle breaks off", async () => {
  const ask = await learnt(HEAD + SLOT + REST);
  const { readable, writable } = new IdentityTransformStream();
  const writer = writable.getWriter();
  const answer = await ask(html(readable));
  const text = answer.text();
  await writer.write(new TextEncoder().encode(HEAD + SLOT));
  await writer.abort(new Error("the origin died"));
  await expect(text).rejects.toThrow();
});
