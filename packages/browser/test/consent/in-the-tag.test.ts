import { manifestOf, type Definition } from "@murmur/core";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Consent } from "../../src/index.ts";
import { indexedDbStore } from "../../src/log/indexed-db-store.ts";
import { consoleWarnings, entriesIn, knownDevice, start } from "../kit.ts";

const ALL = { analytics: true, personalization: true, marketing: true };
const definition: Definition = { segments: { keen: { when: { count: "Product Viewed", gte: 1 } } } };

/** A device that was here before, and has the definition. */
async function databases(): Promise<(string | undefined)[]> {
  return (await indexedDB.databases()).map(({ name }) => name);
}

/** An edge that takes its time: what it was asked, and what answers each call. */
function edgeOnItsWay() {
  const asked: string[] = [];
  const answers: ((response: Response) => void)[] = [];
  // The pages of other tests go on trying to reach theirs.
  const edge = "https://edge.of.this.test";
  vi.spyOn(globalThis, "fetch").mockImplementation((url, init) => {
    const { origin, pathname } = new URL(String(url));
    if (origin !== edge) return Promise.reject(new TypeError("nobody there"));
    asked.push(`${init?.method ?? "GET"} ${pathname}`);
    return new Promise((resolve) => answers.push(resolve));
  });
  onTestFinished(() => void vi.restoreAllMocks());
  return { edge, asked, answers };
}

test("until it is allowed, a page neither hears of the others nor tells them anything", async () => {
  consoleWarnings();
  const opened = vi.spyOn(globalThis, "BroadcastChannel");
  onTestFinished(() => opened.mockRestore());
  const murmur = start({ consent: "opt-in" });
  await murmur.track("Product Viewed");
  await murmur.segments();
  expect(opened).not.toHaveBeenCalled();
  murmur.consent(ALL);
  await murmur.segments();
  expect(opened).toHaveBeenCalledTimes(1);
});

test("until it is decided, nothing is written, read or sent; then what happened on this page counts", async () => {
  consoleWarnings();
  const database = crypto.randomUUID();
  const murmur = start({ database, consent: "opt-in" });
  await murmur.track("Product Viewed", { category: "shoes" });
  await murmur.page();
  expect(await murmur.segments()).toEqual([]);
  await murmur.sync();
  expect(await databases()).not.toContain(database);
  expect(performance.getEntriesByType("resource").map(({ name }) => name)).not.toContainEqual(
    expect.stringContaining("127.0.0.1:9"),
  );
  const log = await knownDevice(database, definition);
  murmur.consent(ALL);
  await expect.poll(async () => (await entriesIn(log)).length).toBe(2);
  expect(await murmur.segments()).toEqual(["keen"]);
});

test("a no is a no: nothing of this page is ever recorded", async () => {
  const database = crypto.randomUUID();
  const murmur = start({ database, consent: "opt-in" });
  await murmur.track("Product Viewed");
  murmur.consent({ analytics: false });
  await murmur.track("Product Viewed");
  expect(await murmur.segments()).toEqual([]);
  expect(await databases()).not.toContain(database);
});

test("what is neither yes nor no decides nothing", async () => {
  const database = crypto.randomUUID();
  const murmur = start({ database, consent: "opt-in" });
  murmur.consent({ analytics: "denied", personalization: "false", marketing: 1 } as never);
  await murmur.track("Product Viewed");
  await murmur.deviceId();
  expect(await databases()).not.toContain(database);
});

test("withdrawing leaves every segment, erases the log, and what comes after it is not recorded", async () => {
  consoleWarnings();
  const database = crypto.randomUUID();
  const log = await knownDevice(database, definition);
  const murmur = start({ database, consent: ALL });
  const exited: string[] = [];
  murmur.on("exited", ({ segment }) => exited.push(segment));
  await murmur.track("Product Viewed");
  expect(await murmur.segments()).toEqual(["keen"]);
  const device = await murmur.deviceId();
  murmur.forget();
  await expect.poll(() => exited).toEqual(["keen"]);
  await murmur.track("Product Viewed");
  expect(await murmur.segments()).toEqual([]);
  expect(await log((transaction) => transaction.all())).toEqual([]);
  expect(await murmur.deviceId()).not.toBe(device);
  expect(log).toBeDefined();
});

test("what is on its way into the log as the no comes is not recorded either", async () => {
  consoleWarnings();
  const database = crypto.randomUUID();
  const log = await knownDevice(database, definition);
  const murmur = start({ database, consent: ALL });
  await murmur.track("Product Viewed");
  const last = murmur.track("Product Viewed");
  murmur.forget();
  await last;
  await murmur.deviceId();
  expect(await log((transaction) => transaction.all())).toEqual([]);
  // A no that is taken back at once is none to what came between.
  murmur.consent(ALL);
  const kept = murmur.track("Product Viewed");
  murmur.consent({ marketing: false });
  await kept;
  expect(await entriesIn(log)).toHaveLength(1);
});

test("personalization alone withdrawn: recorded, not evaluated; given again, the whole log counts", async () => {
  consoleWarnings();
  const database = crypto.randomUUID();
  const log = await knownDevice(database, definition);
  const murmur = start({ database, consent: ALL });
  const changes: string[] = [];
  for (const change of ["entered", "exited"] as const)
    murmur.on(change, ({ segment }) => changes.push(`${segment} ${change}`));
  await murmur.track("Product Viewed");
  await expect.poll(() => changes).toEqual(["keen entered"]);
  murmur.consent({ personalization: false });
  await expect.poll(() => changes).toEqual(["keen entered", "keen exited"]);
  await murmur.track("Product Viewed");
  expect(await murmur.segments()).toEqual([]);
  expect((await entriesIn(log)).length).toBe(2);
  expect(await log((transaction) => transaction.get("profile"))).toBeUndefined();
  murmur.consent({ personalization: true });
  await expect.poll(() => murmur.segments()).toEqual(["keen"]);
});

test("a no of any source stands against the yes of another", async () => {
  const database = crypto.randomUUID();
  const murmur = start({
    database,
    consent: ALL,
    signals: [(say) => say({ analytics: false })],
  });
  await murmur.track("Product Viewed");
  expect(await murmur.segments()).toEqual([]);
});

test("a signal that fails leaves the page and the other signals alone", async () => {
  const said = consoleWarnings();
  const database = crypto.randomUUID();
  await knownDevice(database, definition);
  const murmur = start({
    database,
    consent: "opt-in",
    signals: [
      () => {
        throw new Error("not ready");
      },
      (say) => say(ALL),
    ],
  });
  await murmur.track("Product Viewed");
  await expect.poll(() => murmur.segments()).toEqual(["keen"]);
  expect(said.join()).toContain("internal");
});

test("what one page erases, the others of the device do not bring back", async () => {
  consoleWarnings();
  const database = crypto.randomUUID();
  const log = await knownDevice(database, definition);
  const one = start({ database, consent: ALL });
  const other = start({ database, consent: ALL });
  await one.track("Product Viewed");
  await expect.poll(() => other.segments()).toEqual(["keen"]);
  one.forget();
  await expect.poll(() => other.segments()).toEqual([]);
  await other.track("Product Viewed");
  expect(await log((transaction) => transaction.all())).toEqual([]);
});

test("a no that a signal takes back is taken back, though other pages have erased by it, too", async () => {
  consoleWarnings();
  const database = crypto.randomUUID();
  const log = await knownDevice(database, definition);
  let say!: (consent: Consent) => void;
  const one = start({ database, consent: "opt-in", signals: [(told) => (say = told)] });
  const other = start({ database, consent: ALL });
  say(ALL);
  await one.track("Product Viewed");
  await expect.poll(() => other.segments(), { timeout: 20_000 }).toEqual(["keen"]);
  say({ ...ALL, analytics: false });
  await expect.poll(() => other.segments(), { timeout: 20_000 }).toEqual([]);
  // Longer than it takes the other to say so.
  await new Promise((resolve) => setTimeout(resolve, 300));
  say(ALL);
  await one.track("Product Viewed");
  expect(await entriesIn(log)).toHaveLength(1);
});

test("what the edge answers to a call from before the no is noted nowhere", async () => {
  consoleWarnings();
  const database = crypto.randomUUID();
  const log = await knownDevice(database, definition);
  const { edge, asked, answers } = edgeOnItsWay();
  const murmur = start({ database, edge, consent: ALL });
  await expect.poll(() => asked, { timeout: 20_000 }).toEqual(["POST /v1/sync"]);
  murmur.forget();
  await expect.poll(() => asked, { timeout: 20_000 }).toEqual(["POST /v1/sync", "DELETE /v1/profile"]);
  answers[0]!(Response.json({ code: "too_many" }, { status: 429, headers: { "retry-after": "1" } }));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await log((transaction) => transaction.all())).toEqual([]);
});

test("what was forgotten while the definition was on its way stays so, and nothing more is sent", async () => {
  consoleWarnings();
  const database = crypto.randomUUID();
  const { edge, asked, answers } = edgeOnItsWay();
  const murmur = start({ database, edge, consent: ALL });
  await expect.poll(() => asked).toEqual(["GET /v1/manifest"]);
  murmur.forget();
  await expect.poll(() => asked).toEqual(["GET /v1/manifest", "DELETE /v1/profile"]);
  answers[0]!(Response.json(manifestOf(definition)));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(asked).toHaveLength(2);
  expect(await indexedDbStore(database)((transaction) => transaction.all())).toEqual([]);
});

test("what waits for the shopper's word is bounded: the first 500 of a page", async () => {
  consoleWarnings();
  const database = crypto.randomUUID();
  const murmur = start({ database, consent: "opt-in" });
  for (let at = 0; at < 503; at++) await murmur.track("Product Viewed", {}, { id: `e${at}` });
  const log = await knownDevice(database, definition);
  murmur.consent(ALL);
  await expect.poll(async () => (await entriesIn(log)).length, { timeout: 20_000 }).toBe(500);
  await murmur.track("Product Viewed", {}, { id: "last" });
  const ids = (await entriesIn(log)).map(({ id }) => id);
  expect(ids.slice(-2)).toEqual(["e499", "last"]);
});
