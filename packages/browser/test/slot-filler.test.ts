import type { Exposure, SlotDecision, SlotPlan } from "@murmur/core";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { slotFiller, type SlotFiller } from "../src/slots/slot-filler.ts";

function decision(content: SlotDecision["content"], variant: string | null = "v"): SlotDecision {
  return { variant, content, why: "" };
}

type Fill = Partial<Parameters<SlotFiller["fill"]>>;

/** One that knows as much as the edge, if nothing else is said. */
function newFiller(record: Parameters<typeof slotFiller>[0] = () => {}) {
  const { fill, refill } = slotFiller(record);
  return {
    refill,
    fill: (...[decisions = {}, whose, slots, knows = () => true]: Fill) =>
      fill(decisions, whose, slots, knows),
  };
}

const plans = (plan: Partial<SlotPlan>, ...names: string[]): Map<string, SlotPlan> =>
  new Map(names.map((name) => [name, { free: 0, variants: [], ...plan }]));

function find<Found extends Element = HTMLElement>(selector: string): Found {
  return document.querySelector<Found>(selector)!;
}

/** Waits until the page has been before somebody's eyes for longer than a slot may be filled by itself. */
const longPainted = () =>
  expect.poll(() => performance.now() > 400 && performance.getEntriesByType("paint").length > 0).toBe(true);

beforeEach(() => {
  document.body.innerHTML = `
    <section data-murmur-slot="hero" data-murmur-timeout="Infinity">
      <h1 data-murmur-text="title">Own title</h1>
      <a data-murmur-href="href" data-murmur-text="cta">Own link</a>
      <img data-murmur-src="image" data-murmur-alt="alt" src="/own.svg" alt="own">
      <p data-murmur-text="constructor">Own text</p>
    </section>
    <p data-murmur-slot="banner" data-murmur-timeout="Infinity" data-murmur-text="text">Own banner</p>`;
});

test("fills the fields that the content has, of the slot and below it, and leaves the others", () => {
  newFiller().fill({
    hero: decision({ title: "New", href: "/new", image: "/new.svg" }, "shoes"),
    banner: decision({ text: "Your cart" }, null),
  });
  expect(find("h1").textContent).toBe("New");
  expect(find("a").getAttribute("href")).toBe("/new");
  expect(find("a").textContent).toBe("Own link");
  expect(find("img").getAttribute("src")).toBe("/new.svg");
  expect(find("img").getAttribute("alt")).toBe("own");
  expect(find("[data-murmur-slot=hero] p").textContent).toBe("Own text");
  expect(find("[data-murmur-slot=banner]").textContent).toBe("Your cart");
  expect(find("[data-murmur-slot=hero]").dataset["murmurVariant"]).toBe("shoes");
  expect(find("[data-murmur-slot=banner]").dataset["murmurVariant"]).toBe("fallback");
});

test("gives the page's own content back when nothing is decided any more", () => {
  const before = document.body.innerHTML;
  const filler = newFiller();
  filler.fill({ hero: decision({ title: "New", href: "/new", image: "/new.svg", alt: "new" }) });
  filler.fill({ hero: decision({ title: "Newer" }) });
  expect(find("img").getAttribute("src")).toBe("/own.svg");
  filler.fill({});
  expect(document.body.innerHTML).toBe(before);
});

test("markup in content is text, and an address that would run code is left out", () => {
  newFiller().fill({
    hero: decision({
      title: "<img src=x onerror=alert(1)>",
      href: "javascript:alert(1)",
      image: " \u0001javascript:alert(1)",
    }),
  });
  expect(find("h1").children).toHaveLength(0);
  expect(find("a").hasAttribute("href")).toBe(false);
  expect(find("img").getAttribute("src")).toBe("/own.svg");
  newFiller().fill({ hero: decision({ href: "data:text/html,<script>alert(1)</script>" }) });
  expect(find("a").hasAttribute("href")).toBe(false);
});

test("writes nothing that is there already", async () => {
  const filler = newFiller();
  filler.fill({ hero: decision({ title: "New" }) });
  let mutations = 0;
  const observer = new MutationObserver((records) => void (mutations += records.length));
  observer.observe(find("h1"), { childList: true, characterData: true, attributes: true, subtree: true });
  filler.fill({ hero: decision({ title: "New" }) });
  await new Promise((resolve) => setTimeout(resolve));
  observer.disconnect();
  expect(mutations).toBe(0);
});

test("nothing that one device was shown is left to another", () => {
  const filler = newFiller();
  filler.fill({ hero: decision({ title: "Ada's" }), banner: decision({ text: "Ada's" }) }, "ada");
  const told = filler.fill({ banner: decision({ text: "Bob's" }) }, "bob");
  expect(find("h1").textContent).toBe("Own title");
  expect(find("[data-murmur-slot=banner]").textContent).toBe("Bob's");
  expect(told.map(({ slot }) => slot)).toEqual(["hero", "banner"]);
});

test("what the edge has put into the page stays until this device knows better, and goes with who it was for", () => {
  const filled = `<section data-murmur-slot="hero" data-murmur-timeout="Infinity" data-murmur-variant="v" data-murmur-edge="">
      <h1 data-murmur-text="title">Ada's<template data-murmur-own>Own <b>title</b></template></h1>
      <a data-murmur-href="href" href="/ada" data-murmur-own-href="=/own">Link</a>
      <a id="bare" data-murmur-href="href" href="/ada" data-murmur-own-href="">Link</a></section>`;
  const shown = (): unknown[] => [
    find("h1").textContent,
    find("a").getAttribute("href"),
    find("#bare").getAttribute("href"),
    find("[data-murmur-slot]").getAttribute("data-murmur-variant"),
  ];
  const ada = ["Ada's", "/ada", "/ada", "v"];
  const own = ["Own title", "/own", null, null];
  const content = { title: "Ada's", href: "/ada" };

  document.body.innerHTML = filled;
  const filler = newFiller();
  expect(shown()).toEqual(ada);
  filler.fill({}, undefined);
  expect(shown()).toEqual(ada);
  // A slot that is the edge's alone to decide.
  filler.fill({}, "ada", plans({}, "other"));
  expect(shown()).toEqual(ada);
  filler.fill({ hero: decision(content) }, "ada");
  expect(shown()).toEqual(ada);
  expect(find("h1").children).toHaveLength(1);
  filler.fill({}, "ada", plans({}, "hero"));
  expect(shown()).toEqual(own);
  filler.fill({ hero: decision(content) }, "ada");
  expect(shown()).toEqual(ada);

  document.body.innerHTML = filled;
  const another = newFiller();
  another.fill({}, "ada");
  another.fill({}, "bob");
  expect(shown()).toEqual(own);

  document.body.innerHTML = filled;
  const withdrawn = newFiller();
  withdrawn.fill({}, "ada");
  withdrawn.fill({}, undefined);
  expect(shown()).toEqual(own);
});

test("the definition says how long a slot may be filled, and the page's attribute goes before it", async () => {
  document.body.innerHTML = `<p id="a" data-murmur-slot="a" data-murmur-text="text">Own</p>
    <p id="b" data-murmur-slot="b" data-murmur-text="text">Own</p>
    <p id="c" data-murmur-slot="c" data-murmur-timeout="0" data-murmur-text="text">Own</p>`;
  const shown = decision({ text: "Late" });
  await longPainted();
  const all = new Map([...plans({ timeout: 1e9 }, "a", "c"), ...plans({}, "b")]);
  newFiller().fill({ a: shown, b: shown, c: shown }, "ada", all);
  expect(["#a", "#b", "#c"].map((id) => find(id).textContent)).toEqual(["Late", "Own", "Own"]);
});

test("markup is shown of a field that is named so, and the page's own comes back", async () => {
  document.body.innerHTML = `<div data-murmur-slot="hero" data-murmur-timeout="Infinity">
      <div id="rich" data-murmur-html="bodyHtml">Own <b>text</b></div>
      <div id="plain" data-murmur-html="title">Own</div>
      <style id="code" data-murmur-text="title"></style></div>`;
  const filler = newFiller();
  const content = { bodyHtml: "New<br/><i>text", title: "<img src=x onerror=alert(1)>" };
  filler.fill({ hero: decision(content) }, "ada");
  expect(find("#rich").innerHTML).toBe("New<br><i>text</i>");
  expect(find("#plain").innerHTML).toBe("Own");
  expect(find("#code").textContent).toBe("");
  // What a browser makes of markup reads otherwise: it is not written again for that.
  const node = find("#rich").firstChild;
  filler.fill({ hero: decision(content) }, "ada");
  expect(find("#rich").firstChild).toBe(node);
  filler.fill({}, "ada");
  expect(find("#rich").innerHTML).toBe("Own <b>text</b>");
});

test("a slot in a slot is its own, and is written once", async () => {
  document.body.innerHTML = `<div data-murmur-slot="hero" data-murmur-timeout="Infinity">
      <div data-murmur-slot="banner" data-murmur-timeout="Infinity"><p data-murmur-text="title">Own</p></div></div>`;
  const filler = newFiller();
  const shown = { hero: decision({ title: "Hero" }), banner: decision({ title: "Banner" }) };
  filler.fill(shown);
  const node = find("p").firstChild;
  filler.fill(shown);
  expect(find("p").textContent).toBe("Banner");
  expect(find("p").firstChild).toBe(node);
});

test("the slot event tells of another variant or content, not of what is recorded by now", () => {
  const filler = newFiller();
  const shown = decision({ title: "New" });
  const exposures = [{ name: "Slot Viewed", properties: { slot: "other", variant: "v" } }];
  expect(filler.fill({ other: { ...shown, exposures } })).toHaveLength(1);
  expect(filler.fill({ other: { ...shown, why: "otherwise" } })).toEqual([]);
  expect(filler.fill({ other: decision({ title: "Newer" }) })).toHaveLength(1);
});

const viewed = (variant: string): Exposure => ({
  name: "Slot Viewed",
  properties: { slot: "hero", variant },
});
const capped = (title: string, variant = "v"): SlotDecision => ({
  ...decision({ title }, variant),
  exposures: [viewed(variant)],
});

test("what is really shown is recorded once for a view of the page, and stays for it", () => {
  const recorded: Exposure[] = [];
  const filler = newFiller((exposure) => recorded.push(exposure));
  filler.fill({ hero: capped("Capped"), absent: capped("Nowhere") }, "ada");
  expect(recorded).toEqual([viewed("v")]);
  // Recording it has used up the cap.
  expect(filler.fill({ hero: decision({ title: "Fallback" }, null) }, "ada")).toEqual([
    { slot: "absent", decision: undefined },
  ]);
  filler.fill({ hero: capped("Capped") }, "ada");
  filler.refill();
  expect(find("h1").textContent).toBe("Capped");
  expect(recorded).toHaveLength(1);

  const own = location.pathname;
  filler.fill({ hero: decision({ title: "Fallback" }, null) }, "ada");
  history.pushState(null, "", "/another-view");
  onTestFinished(() => history.replaceState(null, "", own));
  filler.refill();
  expect(find("h1").textContent).toBe("Fallback");
  filler.fill({ hero: capped("Again") }, "ada");
  expect(recorded).toHaveLength(2);
  filler.fill({ hero: decision({ title: "Bob's" }) }, "bob");
  expect(find("h1").textContent).toBe("Bob's");
});

test("what comes too late to be shown is not recorded, and what waits for a slot is when that comes", async () => {
  const hero = find("[data-murmur-slot=hero]");
  hero.removeAttribute("data-murmur-timeout");
  const recorded: Exposure[] = [];
  const filler = newFiller((exposure) => recorded.push(exposure));
  await longPainted();
  filler.fill({ hero: capped("Late"), later: capped("Later") }, "ada");
  expect(find("h1").textContent).toBe("Own title");
  expect(recorded).toEqual([]);
  // Control of an experiment that is the page's own content is no exception: else it alone would be counted when it is late.
  filler.fill({ hero: capped("Own title"), later: capped("Later", "w") }, "ada");
  expect(recorded).toEqual([]);
  document.body.innerHTML = `<p data-murmur-slot="later" data-murmur-text="title">Own</p>`;
  filler.refill();
  expect(recorded).toEqual([viewed("w")]);
});

test("what nobody sees is recorded when the page is seen", () => {
  let isHidden = true;
  const spy = vi.spyOn(document, "hidden", "get").mockImplementation(() => isHidden);
  onTestFinished(() => spy.mockRestore());
  const recorded: Exposure[] = [];
  const filler = newFiller((exposure) => recorded.push(exposure));
  filler.fill({ hero: capped("Capped") }, "ada");
  expect(find("h1").textContent).toBe("Capped");
  expect(recorded).toEqual([]);
  isHidden = false;
  filler.refill();
  expect(recorded).toHaveLength(1);
});

test("what the edge has shown before this device decided the same is recorded, though it is late", async () => {
  document.body.innerHTML = `<p data-murmur-slot="hero" data-murmur-text="title" data-murmur-variant="v" data-murmur-edge="">New</p>
    <p data-murmur-slot="banner" data-murmur-text="title" data-murmur-variant="w" data-murmur-edge="">Old</p>`;
  const recorded: Exposure[] = [];
  const filler = newFiller((exposure) => recorded.push(exposure));
  await longPainted();
  filler.fill({ hero: capped("New"), banner: capped("New") }, "ada");
  expect(recorded).toEqual([viewed("v")]);
});
