import { expect, test } from "vitest";
import { rewriteSlots, type Decisions } from "../src/personalize/rewrite-slots.ts";
import { personalize } from "../src/personalize/personalize.ts";
import { ask, html, runner, VISIT } from "./kit/shop-front.ts";

const SLOT = `<p data-murmur-slot="a" data-murmur-text="t">Own</p>`;
const NEW: Decisions = { a: { variant: "v", content: { t: "New" }, why: "" } };
/** A page that comes piece by piece, as `write` is called. */
function slowPage(): { page: Response; write: (text: string) => Promise<void>; end: () => Promise<void> } {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  return {
    page: html(readable),
    write: (text) => writer.write(new TextEncoder().encode(text)),
    end: () => writer.close(),
  };
}

/** Reads until a text has come. */
async function readTo(body: ReadableStreamDefaultReader<Uint8Array>, wanted: string): Promise<string> {
  let text = "";
  while (!text.includes(wanted)) {
    const { value, done } = await body.read();
    if (done) throw new Error(`ended before ${wanted}: ${text}`);
    text += new TextDecoder().decode(value);
  }
  return text;
}

test("the page goes out as it comes in: its first bytes, and its slots, before the origin has ended", async () => {
  const { page, write, end } = slowPage();
  const { answer } = await ask({ origin: () => page, device: await runner() });
  const body = answer.body!.getReader();
  void write("<!doctype html><title>Shop</title>");
  expect(await readTo(body, "</title>")).toBe("<!doctype html><title>Shop</title>");
  void write(`<section data-murmur-slot="hero"><h1 data-murmur-text="title">Own`);
  expect(await readTo(body, "Own")).toContain(
    "Find the shoe that fits your stride<template data-murmur-own>Own",
  );
  void write("</h1></section>");
  void end();
  await readTo(body, "</script>");
});

test("what comes before the first slot does not wait for a decision", async () => {
  let decide!: (decisions: Decisions) => void;
  const decided = new Promise<Decisions>((resolve) => (decide = resolve));
  const { page, write, end } = slowPage();
  const body = rewriteSlots(page, { decided: () => decided }).body!.getReader();
  void write("<!doctype html><title>Shop</title>");
  await readTo(body, "</title>");
  void write(SLOT);
  void end();
  decide(NEW);
  expect(await readTo(body, "</p>")).toContain("New<template");
});

test("the profile is asked while the origin makes the page, and the page's answer waits for the origin alone", async () => {
  const order: string[] = [];
  let respond!: (page: Response) => void;
  const origin = new Promise<Response>((resolve) => (respond = resolve));
  let decide!: (decisions: Decisions) => void;
  const answer = personalize(VISIT, origin, {
    timeout: 5_000,
    decide: () => {
      order.push("asked");
      return new Promise((resolve) => (decide = resolve));
    },
  });
  expect(order).toEqual(["asked"]);
  respond(html(SLOT));
  const page = await answer;
  decide(NEW);
  expect(await page.text()).toContain("New<template");
});

test("a decision that does not come is none: the page waits so long and no longer", async () => {
  const page = await personalize(VISIT, Promise.resolve(html(`${SLOT}${SLOT}After`)), {
    timeout: 50,
    decide: () => new Promise(() => {}),
  });
  expect(await page.text()).toBe(`${SLOT}${SLOT}After`);
});

test("a page of many megabytes is passed on without being held", async () => {
  const piece = new TextEncoder().encode(`<ul>${"<li>Something that a shop sells</li>".repeat(2_000)}</ul>`);
  const pieces = 200;
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent === 0) controller.enqueue(new TextEncoder().encode(SLOT));
      if (sent++ < pieces) controller.enqueue(piece);
      else controller.close();
    },
  });
  const reader = rewriteSlots(html(body), { decided: () => NEW }).body!.getReader();
  let read = 0;
  let ahead = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    read += value.length;
    ahead = Math.max(ahead, sent * piece.length - read);
  }
  expect(read).toBeGreaterThan(pieces * piece.length);
  expect(ahead).toBeLessThan(8 * piece.length);
});
