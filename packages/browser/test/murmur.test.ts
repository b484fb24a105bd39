import type { Definition } from "@murmur/core";
import { expect, onTestFinished, test, vi } from "vitest";
import { consoleWarnings, entriesIn, knownDevice, start } from "./kit.ts";

const DEFINITION: Definition = {
  segments: {
    keen: { when: { count: "Product Viewed", within: "7d", gte: 2 } },
    ada: { when: { trait: { name: "Ada" } } },
  },
};

/** A device that was here before: its log is there, and the definition in it. */
test("an event is on disk when track() resolves, and the segments are up to date, with no edge in reach", async () => {
  const database = crypto.randomUUID();
  const log = await knownDevice(database, DEFINITION);
  const murmur = start({ database });
  const entered: string[] = [];
  murmur.on("entered", ({ segment }) => entered.push(segment));
  await murmur.track("Product Viewed", { category: "shoes" });
  await murmur.track("Product Viewed");
  expect(await entriesIn(log)).toMatchObject([
    { type: "event", name: "Product Viewed", properties: { category: "shoes" } },
    { type: "event", name: "Product Viewed", properties: {} },
  ]);
  expect(await murmur.segments()).toEqual(["keen"]);
  expect(entered).toEqual(["keen"]);
});

test("the next page goes on where this one ended, from the snapshot and what came after it", async () => {
  const database = crypto.randomUUID();
  await knownDevice(database, DEFINITION);
  const first = start({ database });
  await first.track("Product Viewed");
  await first.identify({ name: "Ada" });
  const second = start({ database });
  expect(await second.segments()).toEqual(["ada"]);
  await second.track("Product Viewed");
  expect(await second.segments()).toEqual(["ada", "keen"]);
  expect(await second.deviceId()).toBe(await first.deviceId());
});

test("two pages at once count each other's events once", async () => {
  const database = crypto.randomUUID();
  await knownDevice(database, DEFINITION);
  const [one, other] = [start({ database }), start({ database })];
  await one.track("Product Viewed");
  await other.track("Something");
  expect(await other.segments()).toEqual([]);
  await other.track("Product Viewed");
  expect(await other.segments()).toEqual(["keen"]);
  await one.track("Something");
  expect(await one.segments()).toEqual(["keen"]);
});

test("page() records the page as it is, and what the shop says of it", async () => {
  const database = crypto.randomUUID();
  const log = await knownDevice(database, DEFINITION);
  await start({ database }).page({ title: "Trail shoes", list: 7 });
  const [entry] = await entriesIn(log);
  expect(entry).toMatchObject({
    name: "Page Viewed",
    properties: { path: location.pathname, url: location.href, title: "Trail shoes", list: 7 },
  });
});

test("an event with the id of another is the same event", async () => {
  const database = crypto.randomUUID();
  await knownDevice(database, DEFINITION);
  const murmur = start({ database });
  await murmur.track("Product Viewed", {}, { id: "order-1" });
  await murmur.track("Product Viewed", {}, { id: "order-1" });
  expect(await murmur.segments()).toEqual([]);
});

test("what a page says while it is prerendered has happened once it is shown, and never where it is not", async () => {
  consoleWarnings();
  let prerendering = true;
  Object.defineProperty(document, "prerendering", { configurable: true, get: () => prerendering });
  onTestFinished(() => void Reflect.deleteProperty(document, "prerendering"));
  const database = crypto.randomUUID();
  const log = await knownDevice(database, DEFINITION);
  const murmur = start({ database });
  const properties = { product_id: "tent" };
  const viewed = murmur.track("Product Viewed", properties);
  properties.product_id = "stove";
  await new Promise((resolve) => setTimeout(resolve, 100));
  await murmur.segments();
  expect(await entriesIn(log)).toEqual([]);
  const shown = Date.now();
  prerendering = false;
  document.dispatchEvent(new Event("prerenderingchange"));
  await viewed;
  const [entry] = await entriesIn(log);
  expect(entry).toMatchObject({ name: "Product Viewed", properties: { product_id: "tent" } });
  expect(entry!.timestamp).toBeGreaterThanOrEqual(shown - 50);
});

test("an id that the shop does not have is none: the event gets one", async () => {
  consoleWarnings();
  const database = crypto.randomUUID();
  const log = await knownDevice(database, DEFINITION);
  const murmur = start({ database });
  await murmur.track("Order Completed", {}, { id: undefined } as never);
  await murmur.track("Order Completed", {}, { id: null } as never);
  const ids = (await entriesIn(log)).map(({ id }) => id);
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
});

test("what is no event is refused with a word in the console, and the page is not disturbed", async () => {
  const warnings = consoleWarnings();
  const database = crypto.randomUUID();
  const log = await knownDevice(database, DEFINITION);
  const murmur = start({ database });
  const circular: Record<string, unknown> = {};
  circular["self"] = circular;
  await murmur.track("");
  await murmur.track(undefined as never);
  await murmur.track("X", circular as never);
  await murmur.track("X", { big: "x".repeat(20_000) });
  await murmur.track("X", 5 as never);
  await murmur.identify({}, { token: "no token" });
  murmur.on("neither" as never, () => {});
  murmur.on("toString" as never, () => {});
  await murmur.identify(null as never, null as never);
  await murmur.track("also good", null as never, null as never);
  await murmur.track("good");
  expect((await entriesIn(log)).map((entry) => (entry as { name: string }).name)).toEqual([
    "also good",
    "good",
  ]);
  // The words for it are asked for first, and are not to be had here.
  for (const code of ["refused_invalid", "refused_too_large"])
    await expect.poll(() => warnings.join(), { timeout: 20_000 }).toContain(code);
});

test("a listener of the page that throws stops neither the tag nor the other listeners", async () => {
  consoleWarnings();
  const database = crypto.randomUUID();
  await knownDevice(database, DEFINITION);
  const murmur = start({ database });
  const heard: string[] = [];
  murmur.on("entered", () => {
    throw new Error("the page's own fault");
  });
  murmur.on("entered", ({ segment }) => heard.push(segment));
  await murmur.track("Product Viewed");
  await murmur.track("Product Viewed");
  await expect.poll(() => heard).toEqual(["keen"]);
});

test("reset exits every segment and starts as a device that nobody knows", async () => {
  consoleWarnings();
  const database = crypto.randomUUID();
  const log = await knownDevice(database, DEFINITION);
  const murmur = start({ database });
  await murmur.track("Product Viewed");
  await murmur.track("Product Viewed");
  const exited: string[] = [];
  murmur.on("exited", ({ segment }) => exited.push(segment));
  const reset = murmur.reset();
  // Asked for after the reset, so it is the next visitor's.
  await Promise.all([reset, murmur.track("Page Viewed")]);
  expect(exited).toEqual(["keen"]);
  expect(await murmur.segments()).toEqual([]);
  expect(await murmur.deviceId()).not.toBe("d".repeat(32));
  expect((await entriesIn(log)).map((entry) => (entry as { name: string }).name)).toEqual(["Page Viewed"]);
});

test("where IndexedDB is refused, everything goes on in memory, and the console hears of it once", async () => {
  const warnings = consoleWarnings();
  const open = vi.spyOn(IDBFactory.prototype, "open").mockImplementation(() => {
    throw new DOMException("denied", "SecurityError");
  });
  onTestFinished(() => open.mockRestore());
  const murmur = start();
  await murmur.track("Product Viewed");
  await murmur.track("Product Viewed");
  await murmur.identify({ name: "Ada" });
  expect(await murmur.deviceId()).toMatch(/^[0-9a-f]{32}$/);
  await expect.poll(() => warnings.filter((warning) => warning.includes("storage_refused"))).toHaveLength(1);
});

test("where the disk is full, what was kept before comes along into memory", async () => {
  const warnings = consoleWarnings();
  const database = crypto.randomUUID();
  await knownDevice(database, DEFINITION);
  const murmur = start({ database });
  await murmur.track("Product Viewed");
  const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  onTestFinished(() => put.mockRestore());
  await murmur.track("Product Viewed");
  expect(await murmur.segments()).toEqual(["keen"]);
  await murmur.track("Product Viewed");
  expect(await murmur.deviceId()).toBe("d".repeat(32));
  expect(warnings.length).toBeLessThanOrEqual(3);
});

test("a full disk keeps nothing that is to be erased, and nothing of who has signed out", async () => {
  consoleWarnings();
  const fill = (): void =>
    void vi.spyOn(IDBObjectStore.prototype, "put").mockImplementationOnce(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
  onTestFinished(() => void vi.restoreAllMocks());
  const database = crypto.randomUUID();
  const log = await knownDevice(database, DEFINITION);
  const murmur = start({ database });
  await murmur.track("Product Viewed");
  fill();
  await murmur.track("Product Viewed");
  await murmur.reset();
  const next = await murmur.deviceId();
  await murmur.track("Page Viewed");
  const later = start({ database });
  expect(await later.deviceId()).toBe(next);
  expect(await later.segments()).toEqual([]);
  fill();
  await murmur.track("Product Viewed");
  murmur.forget();
  await expect.poll(() => log((transaction) => transaction.all()), { timeout: 20_000 }).toEqual([]);
});
