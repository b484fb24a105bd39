import { expect, onTestFinished, test, vi } from "vitest";
import type { Consent, Murmur } from "../../src/index.ts";
import { consoleWarnings, entriesIn, knownDevice, NOWHERE, start } from "../kit.ts";

const ALL = { analytics: true, personalization: true, marketing: true };
const definition = { segments: { keen: { when: { count: "Product Viewed", gte: 1 } } } };
const soon = { timeout: 20_000 };

/** Two pages of a device that was here before, both allowed everything; the signal of the second says what it is told to. */
async function twoPages(consent: "opt-out" | "opt-in" = "opt-out") {
  consoleWarnings();
  const database = crypto.randomUUID();
  const log = await knownDevice(database, definition);
  const one = start({ database, edge: `${NOWHERE}/one` });
  let say!: (consent: Consent) => void;
  const other = start({ database, edge: `${NOWHERE}/other`, consent, signals: [(told) => (say = told)] });
  if (consent === "opt-in") say(ALL);
  await one.track("Product Viewed");
  await expect.poll(() => other.segments(), soon).toEqual(["keen"]);
  return { one, other, say, log };
}

/** What a page tells its edge that is allowed, once it is asked to. */
async function told(murmur: Murmur, page: "one" | "other"): Promise<Consent | undefined> {
  const bodies: string[] = [];
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    if (String(url) === `${NOWHERE}/${page}/v1/sync`) bodies.push(String(init?.body));
    throw new TypeError("Failed to fetch");
  });
  onTestFinished(() => spy.mockRestore());
  await murmur.sync();
  spy.mockRestore();
  return bodies.map((body) => (JSON.parse(body) as { consent: Consent }).consent).at(-1);
}

test("a no that is taken back at once stays taken back, though another page has erased by it", async () => {
  const { one, other, log } = await twoPages();
  const before = await one.deviceId();
  one.forget();
  one.consent(ALL);
  await one.track("Product Viewed", {}, { id: "anew" });
  // Longer than it takes the other to hear of both.
  await new Promise((resolve) => setTimeout(resolve, 500));
  await one.track("Product Viewed", {}, { id: "later" });
  expect((await entriesIn(log)).map(({ id }) => id)).toEqual(["anew", "later"]);
  expect(await one.deviceId()).not.toBe(before);
  expect(await other.deviceId()).toBe(await one.deviceId());
  await expect.poll(() => other.segments(), soon).toEqual(["keen"]);
});

test("a yes that comes after a no reaches the pages that have erased by that", async () => {
  const { one, other, log } = await twoPages();
  one.forget();
  await expect.poll(() => other.segments(), soon).toEqual([]);
  await other.track("Product Viewed");
  expect(await entriesIn(log)).toEqual([]);
  one.consent({ analytics: true });
  await one.track("Product Viewed", {}, { id: "one" });
  await expect.poll(() => other.segments(), soon).toEqual(["keen"]);
  await other.track("Product Viewed", {}, { id: "other" });
  expect((await entriesIn(log)).map(({ id }) => id)).toEqual(["one", "other"]);
  expect(await other.deviceId()).toBe(await one.deviceId());
});

test("what is left out of a call stays as it was said on another page", async () => {
  const { one, other } = await twoPages();
  one.consent({ marketing: false });
  await expect.poll(() => told(other, "other"), soon).toEqual({ ...ALL, marketing: false });
  other.consent({ personalization: false });
  const both = { analytics: true, personalization: false, marketing: false };
  expect(await told(other, "other")).toEqual(both);
  await expect.poll(() => told(one, "one"), soon).toEqual(both);
});

test("a signal that says again what it has said before takes back no no of another page", async () => {
  const { one, other, say } = await twoPages("opt-in");
  one.consent({ marketing: false });
  await expect.poll(() => told(other, "other"), soon).toEqual({ ...ALL, marketing: false });
  say(ALL);
  expect(await told(other, "other")).toEqual({ ...ALL, marketing: false });
  // A word on this page itself does.
  other.consent({ marketing: true });
  expect(await told(other, "other")).toEqual(ALL);
  await expect.poll(() => told(one, "one"), soon).toEqual(ALL);
});
