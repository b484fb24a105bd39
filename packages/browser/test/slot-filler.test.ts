import type { SlotDecision } from "@murmur/core";
import { beforeEach, expect, test } from "vitest";
import { slotFiller } from "../src/slots/slot-filler.ts";

function decision(content: SlotDecision["content"], variant: string | null = "v"): SlotDecision {
  return { variant, content, why: "" };
}

function find<Found extends Element = HTMLElement>(selector: string): Found {
  return document.querySelector<Found>(selector)!;
}

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
  slotFiller().fill({
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
  const filler = slotFiller();
  filler.fill({ hero: decision({ title: "New", href: "/new", image: "/new.svg", alt: "new" }) });
  filler.fill({ hero: decision({ title: "Newer" }) });
  expect(find("img").getAttribute("src")).toBe("/own.svg");
  filler.fill({});
  expect(document.body.innerHTML).toBe(before);
});

test("markup in content is text, and an address that would run code is left out", () => {
  slotFiller().fill({
    hero: decision({
      title: "<img src=x onerror=alert(1)>",
      href: "javascript:alert(1)",
      image: " \u0001javascript:alert(1)",
    }),
  });
  expect(find("h1").children).toHaveLength(0);
  expect(find("a").hasAttribute("href")).toBe(false);
  expect(find("img").getAttribute("src")).toBe("/own.svg");
  slotFiller().fill({ hero: decision({ href: "data:text/html,<script>alert(1)</script>" }) });
  expect(find("a").hasAttribute("href")).toBe(false);
});

test("writes nothing that is there already", async () => {
  const filler = slotFiller();
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
  const filler = slotFiller();
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
  const filler = slotFiller();
  expect(shown()).toEqual(ada);
  filler.fill({}, undefined);
  expect(shown()).toEqual(ada);
  // A slot that is the edge's alone to decide.
  filler.fill({ other: undefined }, "ada");
  expect(shown()).toEqual(ada);
  filler.fill({ hero: decision(content) }, "ada");
  expect(shown()).toEqual(ada);
  expect(find("h1").children).toHaveLength(1);
  filler.fill({ hero: undefined }, "ada");
  expect(shown()).toEqual(own);
  filler.fill({ hero: decision(content) }, "ada");
  expect(shown()).toEqual(ada);

  document.body.innerHTML = filled;
  const another = slotFiller();
  another.fill({}, "ada");
  another.fill({}, "bob");
  expect(shown()).toEqual(own);

  document.body.innerHTML = filled;
  const withdrawn = slotFiller();
  withdrawn.fill({}, "ada");
  withdrawn.fill({}, undefined);
  expect(shown()).toEqual(own);
});
