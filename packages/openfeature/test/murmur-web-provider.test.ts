import type { Definition } from "@murmur/core";
import { expect, test } from "vitest";
import { changesOf, client, definition, device, stranger } from "./kit.ts";

test("segments are boolean flags and slots object flags, with reason and variant; a change is raised", async () => {
  const murmur = await device();
  const flags = await client({ murmur, definition });
  const changes = changesOf(flags);
  await murmur.track("Order Completed");
  await expect.poll(() => changes).not.toEqual([]);
  await expect
    .poll(() => flags.getBooleanDetails("buyer", false))
    .toMatchObject({
      value: true,
      variant: "in",
      reason: "TARGETING_MATCH",
    });
  expect(flags.getBooleanDetails("fan", true)).toMatchObject({
    value: false,
    variant: "out",
    reason: "DEFAULT",
  });
  expect(flags.getObjectDetails("offer", {})).toMatchObject({
    value: { percent: 50 },
    variant: "half",
    reason: "TARGETING_MATCH",
    flagMetadata: { why: "in segment buyer" },
  });
  const own = { title: "Own" };
  expect(flags.getObjectDetails("hero", own)).toMatchObject({ value: own, reason: "DEFAULT" });
  changes.length = 0;
  for (let views = 0; views < 4; views++) await murmur.track("Product Viewed");
  await expect.poll(() => changes.flat().sort()).toEqual(["fan", "hero"]);
  expect(flags.getBooleanValue("fan", false)).toBe(true);
  expect(flags.getObjectValue("hero", own)).toEqual({ title: "For fans", rank: 1 });
});

test("a slot's fallback is its default", async () => {
  const bootstrap = {
    segments: [],
    slots: { offer: { variant: null, content: { percent: 10 }, why: "no variant's condition is true" } },
  };
  const flags = await client({ murmur: stranger(), definition, bootstrap });
  expect(flags.getObjectDetails("offer", {})).toMatchObject({
    value: { percent: 10 },
    variant: "fallback",
    reason: "DEFAULT",
  });
});

test("what an experiment shows is a split, which names it", async () => {
  const experiment = { id: "copy", variant: "bold", viewed: false };
  const hero = { variant: "bold", content: { title: "Bold" }, why: "in experiment copy", experiment };
  const bootstrap = { segments: [], slots: { hero } };
  const flags = await client({ murmur: stranger(), definition, bootstrap });
  expect(flags.getObjectDetails("hero", {})).toMatchObject({
    value: { title: "Bold" },
    variant: "bold",
    reason: "SPLIT",
    flagMetadata: { experiment: "copy", variation: "bold" },
  });
});

test("an experiment that leaves the slot as it is gives the default, and says which one it was", async () => {
  const experiment = { id: "copy", variant: "control", viewed: false };
  const hero = { variant: "control", content: {}, why: "in experiment copy", experiment };
  const flags = await client({
    murmur: stranger(),
    definition,
    bootstrap: { segments: [], slots: { hero } },
  });
  const own = { title: "Own" };
  expect(flags.getObjectDetails("hero", own)).toMatchObject({
    value: own,
    variant: "control",
    reason: "SPLIT",
    flagMetadata: { why: "in experiment copy", experiment: "copy", variation: "control" },
  });
});

test("a slot's value is the caller's own, and has no address that runs code, which the visitor's own address may have brought", async () => {
  const content = {
    title: "javascript: a book",
    href: " java\nscript:alert(1)",
    items: [{ imageUrl: "data:text/html,x", href: "/b" }],
  };
  const bootstrap = { segments: [], slots: { hero: { variant: "fans", content, why: "" } } };
  const flags = await client({ murmur: stranger(), definition, bootstrap });
  const value = flags.getObjectValue("hero", {}) as Record<string, unknown>;
  const safe = { title: "javascript: a book", items: [{ href: "/b" }] };
  expect(value).toEqual(safe);
  value["title"] = "changed by the page";
  expect(flags.getObjectValue("hero", {})).toEqual(safe);
});

test("an unknown flag and a wrong type give the default, and say so; nothing throws", async () => {
  const flags = await client({ murmur: await device(), definition });
  for (const flag of ["nobody", "constructor", "__proto__", ""])
    expect(flags.getBooleanDetails(flag, true), flag).toMatchObject({
      value: true,
      reason: "ERROR",
      errorCode: "FLAG_NOT_FOUND",
    });
  const wrong = [
    flags.getStringDetails("fan", "default"),
    flags.getNumberDetails("fan", 7),
    flags.getObjectDetails("fan", {}),
    flags.getBooleanDetails("hero", true),
    flags.getStringDetails("hero", "default"),
  ];
  for (const details of wrong) expect(details).toMatchObject({ reason: "ERROR", errorCode: "TYPE_MISMATCH" });
  expect(wrong.map(({ value }) => value)).toEqual(["default", 7, {}, true, "default"]);
});

test("what is evaluated at the edge alone is no flag: this device does not know of it", async () => {
  const whole = {
    segments: { ...definition.segments, rich: { when: definition.segments.buyer, evaluate: "edge" } },
    slots: { ...definition.slots, footer: { variants: [], evaluate: "edge" } },
  } satisfies Definition;
  const flags = await client({ murmur: await device(), definition: whole });
  expect(flags.getBooleanDetails("rich", true)).toMatchObject({ value: true, errorCode: "FLAG_NOT_FOUND" });
  expect(flags.getObjectDetails("footer", {}).errorCode).toBe("FLAG_NOT_FOUND");
  expect(flags.getBooleanDetails("fan", true).variant).toBe("out");
});

test("before anybody knows this visitor, flags are their defaults, or what the page was rendered by", async () => {
  const flags = await client({ murmur: stranger(), definition });
  expect(flags.getBooleanDetails("fan", true)).toMatchObject({ value: true, reason: "DEFAULT" });
  const bootstrap = {
    segments: ["fan"],
    slots: { hero: { variant: "fans", content: { title: "For fans" }, why: "in segment fan" } },
  };
  const rendered = await client({ murmur: stranger(), definition, bootstrap });
  expect(rendered.getBooleanDetails("fan", false)).toMatchObject({ value: true, reason: "TARGETING_MATCH" });
  expect(rendered.getBooleanValue("buyer", true)).toBe(false);
  expect(rendered.getObjectDetails("hero", {})).toMatchObject({
    value: { title: "For fans" },
    variant: "fans",
  });
});
