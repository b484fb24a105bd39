import type { env } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { personalize } from "../src/personalize/personalize.ts";
import type { Decisions } from "../src/personalize/rewrite-slots.ts";
import { ask, askText, html, PAGE, runner, VISIT } from "./kit/shop-front.ts";

/** A profile object that behaves as told. */
function profiles(decide: () => Promise<unknown>): Partial<typeof env> {
  return {
    PROFILE: { idFromName: () => "", get: () => ({ decide }) } as unknown as DurableObjectNamespace,
  };
}

describe("the page is the shop's own", () => {
  test("where the profile fails", async () => {
    const settings = profiles(() => Promise.reject(new Error("The Durable Object is overloaded")));
    expect((await askText({ device: await runner(), settings })).text).toBe(PAGE);
  });

  test("where the profile throws at once", async () => {
    const settings = profiles(() => {
      throw new Error("no such object");
    });
    expect((await askText({ device: await runner(), settings })).text).toBe(PAGE);
  });

  test("where the profile does not answer in time", async () => {
    const settings = { ...profiles(() => new Promise(() => {})), DECIDE_TIMEOUT: "30" };
    expect((await askText({ device: await runner(), settings })).text).toBe(PAGE);
  });

  test("where what it answers is none of this", async () => {
    for (const slots of [{ hero: null }, { hero: "x" }, { hero: {} }, { hero: { content: 1 } }, []]) {
      const settings = profiles(async () => ({ kind: "answer", answer: { slots } }));
      const { text } = await askText({ device: await runner(), settings });
      expect(text.replace(/ data-murmur-(variant="\w*"|edge="")/g, "").replace(/<script.*$/s, "")).toBe(PAGE);
    }
  });

  test("where it is in an encoding that cannot be rewritten", async () => {
    const bytes = new Uint8Array([
      0xff,
      0xfe,
      ...[..."<p data-murmur-slot=hero>"].flatMap((sign) => [sign.charCodeAt(0), 0]),
    ]);
    const origin = () => html(bytes, { "content-type": "text/html; charset=utf-16" });
    const device = await runner();
    // The second time it would be learnt.
    for (let turn = 0; turn < 4; turn++) {
      const { answer } = await ask({ origin, device, path: "/other-encoding" });
      expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
    }
  });
});

test("a page that breaks off in its middle breaks off, and no sooner", async () => {
  const origin = () => {
    let turn = 0;
    return html(
      new ReadableStream({
        pull(controller) {
          if (turn++ === 0) controller.enqueue(new TextEncoder().encode(PAGE));
          else controller.error(new Error("the origin died"));
        },
      }),
    );
  };
  const { answer } = await ask({ origin, device: await runner() });
  await expect(answer.text()).rejects.toThrow();
});

test("an origin that cannot be reached is told to be one", async () => {
  const origin = () => Promise.reject(new TypeError("Network connection lost"));
  const { answer } = await ask({ origin });
  expect([answer.status, await answer.json()]).toMatchObject([502, { code: "origin_unreachable" }]);
  const unset = await ask({ settings: { ORIGIN_SERVICE: undefined as never, ORIGIN: "not a URL" } });
  expect(unset.answer.status).toBe(502);
});

test.each([
  ["nothing", ""],
  ["no tags", "just text"],
  ["half a tag", `<p data-murmur-slot="hero" data-murmur-text="title`],
  ["half a comment", `<!-- <p data-murmur-slot="hero">`],
  ["ends without beginnings", `</p></section></template></body>${"</div>".repeat(1_000)}`],
  ["depth", "<div>".repeat(10_000)],
  ["many attributes", `<p ${Array.from({ length: 2_000 }, (_, at) => `a${at}=1`).join(" ")}>x</p>`],
  ["NUL", "<p\0>\0</p>"],
])("a page of %s passes as it is", async (_what, page) => {
  const { text } = await askText({ origin: () => html(page), device: await runner() });
  expect(text).toBe(page);
});

test("a page of thousands of slots is filled, every one", async () => {
  const slot = `<p data-murmur-slot="hero" data-murmur-text="title">Own</p>`;
  const { text } = await askText({ origin: () => html(slot.repeat(3_000)), device: await runner() });
  expect(text.match(/stride<template data-murmur-own>Own<\/template><\/p>/g)).toHaveLength(3_000);
});

test("slots within slots, however deep, come to an end", async () => {
  const decisions: Decisions = { a: { variant: "v", content: { t: "New" }, why: "" } };
  const page = `${`<div data-murmur-slot="a">`.repeat(500)}<b data-murmur-text="t">Own</b>${"</div>".repeat(500)}`;
  const answer = await personalize(VISIT, Promise.resolve(html(page)), {
    timeout: 100,
    decide: async () => decisions,
  });
  expect(await answer.text()).toContain(`<b data-murmur-text="t">New<template`);
});
