import {
  OpenFeature,
  ProviderEvents,
  ProviderStatus,
  type Client,
  type EventDetails,
} from "@openfeature/web-sdk";
import { manifestOf, type Definition } from "@murmur/core";
import type { Murmur } from "@murmur/browser";
import { expect, onTestFinished, test, vi } from "vitest";
import { knownDevice, NOWHERE, start } from "../../browser/test/kit.ts";
import { MurmurWebProvider, type MurmurWebProviderOptions } from "../src/index.ts";

const definition = {
  segments: {
    fan: { count: "Product Viewed", gt: 3 },
    buyer: { count: "Order Completed", gte: 1 },
  },
  slots: {
    hero: { variants: [{ id: "fans", when: { segment: "fan" }, content: { title: "For fans", rank: 1 } }] },
    offer: {
      variants: [{ id: "half", when: { segment: "buyer" }, content: { percent: 50 } }],
      fallback: { content: { percent: 10 } },
    },
  },
} satisfies Definition;

/** A tag on a device that knows the definition. */
async function device(): Promise<Murmur> {
  const database = `openfeature-${crypto.randomUUID()}`;
  await knownDevice(database, definition);
  return start({ database });
}

/** A tag on a device of which nothing is known. */
function stranger(): Murmur {
  return start({ database: `openfeature-${crypto.randomUUID()}` });
}

/** OpenFeature with the provider, in a domain of the test's own. */
async function client(options: MurmurWebProviderOptions): Promise<Client> {
  const domain = crypto.randomUUID();
  await OpenFeature.setProviderAndWait(domain, new MurmurWebProvider(options));
  onTestFinished(() => OpenFeature.clearProviders());
  return OpenFeature.getClient(domain);
}

/** The flags that each change names, from now on. */
function changesOf(flags: Client): string[][] {
  const changes: string[][] = [];
  flags.addHandler(ProviderEvents.ConfigurationChanged, (details?: EventDetails) => {
    changes.push([...((details as { flagsChanged?: string[] })?.flagsChanged ?? [])].sort());
  });
  return changes;
}

test("segments are boolean flags and slots object flags, with reason and variant; a change is raised", async () => {
  const murmur = await device();
  const flags = await client({ murmur, definition });
  const changes = changesOf(flags);
  await murmur.track("Order Completed");
  await vi.waitFor(() => expect(changes).not.toEqual([]));
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

test("what a page was rendered by is there at once, also where its script tag is blocked; when it comes, a change is raised", async () => {
  const page = window as unknown as { murmur?: [string, (murmur: Murmur) => void][] };
  const bootstrap = { segments: ["fan"], slots: {} };
  const flags = await client({ definition, bootstrap });
  expect(flags.providerStatus).toBe(ProviderStatus.READY);
  expect(flags.getBooleanDetails("fan", false)).toMatchObject({ value: true, variant: "in" });
  const changes = changesOf(flags);
  const murmur = await device();
  await murmur.track("Order Completed");
  page.murmur![0]![1](murmur);
  await expect.poll(() => changes.flat().sort()).toEqual(["buyer", "fan", "offer"]);
  expect(flags.getBooleanValue("fan", true)).toBe(false);
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

test("the names come from the edge, where the page does not bring them", async () => {
  // As the worker answers: test/e2e/readme.test.ts asks the real one.
  const answers: Record<string, unknown> = {
    "https://edge.example/v1/manifest": { ...manifestOf(definition), hash: "known" },
    "https://edge.example/v1/manifest/known/definition": definition,
  };
  const edge = vi
    .spyOn(window, "fetch")
    .mockImplementation(async (input) =>
      String(input) in answers ? Response.json(answers[String(input)]) : Response.error(),
    );
  onTestFinished(() => edge.mockRestore());
  const flags = await client({ murmur: await device(), definition: "https://edge.example/" });
  expect(flags.getBooleanDetails("nobody", true).errorCode).toBe("FLAG_NOT_FOUND");
  expect(flags.getStringDetails("fan", "").errorCode).toBe("TYPE_MISMATCH");
});

test("without an edge and a definition, the provider is in error, and flags are their defaults", async () => {
  const domain = crypto.randomUUID();
  const provider = new MurmurWebProvider({ murmur: await device(), definition: NOWHERE });
  await expect(OpenFeature.setProviderAndWait(domain, provider)).rejects.toThrow();
  const flags = OpenFeature.getClient(domain);
  expect(flags.providerStatus).toBe(ProviderStatus.ERROR);
  expect(flags.getBooleanDetails("fan", true)).toMatchObject({
    value: true,
    errorCode: "PROVIDER_NOT_READY",
  });
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

test("another evaluation context changes nothing: flags stay as they are, and the provider ready; hooks are called", async () => {
  const murmur = await device();
  await murmur.track("Order Completed");
  const domain = crypto.randomUUID();
  await OpenFeature.setProviderAndWait(domain, new MurmurWebProvider({ murmur, definition }));
  onTestFinished(() => OpenFeature.clearProviders());
  const flags = OpenFeature.getClient(domain);
  const seen: unknown[] = [];
  flags.addHooks({
    after: (_context, { flagKey, variant }) => void seen.push([flagKey, variant]),
    error: (_context, error) => void seen.push((error as { code?: string }).code),
  });
  await OpenFeature.setContext(domain, { targetingKey: "somebody else" });
  expect(flags.providerStatus).toBe(ProviderStatus.READY);
  expect(flags.getBooleanValue("buyer", false)).toBe(true);
  expect(flags.getNumberValue("buyer", 7)).toBe(7);
  expect(seen).toEqual([["buyer", "in"], "TYPE_MISMATCH"]);
});

test("what is tracked is an event, and a provider that is replaced raises nothing more", async () => {
  const murmur = await device();
  const flags = await client({ murmur, definition });
  const changes = changesOf(flags);
  flags.track("Order Completed", { value: 99.77, currency: "EUR" });
  await expect.poll(() => flags.getBooleanValue("buyer", false)).toBe(true);
  const count = changes.length;
  expect(count).toBeGreaterThan(0);
  await OpenFeature.clearProviders();
  for (let views = 0; views < 4; views++) await murmur.track("Product Viewed");
  await vi.waitFor(async () => expect(await murmur.segments()).toContain("fan"));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(changes).toHaveLength(count);
});
