import type { Definition, Entry } from "@murmur/core";
import { expect, test } from "vitest";
import type { DeviceMeta } from "../src/log/device-meta.ts";
import type { Row } from "../src/log/row.ts";
import type { Store } from "../src/log/store.ts";
import { consoleWarnings, knownDevice, start } from "./kit.ts";

const ALL = { analytics: true, personalization: true, marketing: true };
const definition: Definition = { segments: { keen: { when: { count: "Product Viewed", gte: 1 } } } };

function token(subject: string): string {
  return ["e30", btoa(JSON.stringify({ sub: subject })), "x"].join(".");
}

/** A device on which Ada has signed in and looked at something. */
async function adas(): Promise<{ database: string; log: Store; device: string }> {
  const database = crypto.randomUUID();
  const log = await knownDevice(database, definition);
  const murmur = start({ database, identity: token("ada") });
  await murmur.track("Product Viewed");
  return { database, log, device: await murmur.deviceId() };
}

/** What is told of whom: an earlier device's rows are kept for delivery alone. */
async function told(log: Store): Promise<[device: string, what: string][]> {
  const meta = await log((transaction) => transaction.get<{ device: string }>("meta"));
  const rows = await log((transaction) => transaction.rowsAfter(-Infinity));
  return rows.map(({ device = meta!.device, entry }: Row) => [device, wordsOf(entry)]);
}

function wordsOf(entry: Entry): string {
  return entry.type === "event" ? entry.name : JSON.stringify(entry.traits);
}

test("who signs out before anything is decided has left when it is: the next visitor is another device", async () => {
  consoleWarnings();
  const { database, log, device } = await adas();
  const murmur = start({ database, consent: "opt-in" });
  await murmur.track("Hers");
  await murmur.reset();
  await murmur.track("Theirs");
  murmur.consent(ALL);
  await expect
    .poll(() => told(log), { timeout: 20_000 })
    .toEqual([
      [device, "Product Viewed"],
      [await murmur.deviceId(), "Theirs"],
    ]);
  expect(await murmur.deviceId()).not.toBe(device);
  expect(await murmur.segments()).toEqual([]);
  // Once is enough.
  const next = await murmur.deviceId();
  murmur.consent(ALL);
  expect(await murmur.deviceId()).toBe(next);
});

test("traits that come with another customer's token are that customer's", async () => {
  consoleWarnings();
  const { database, log, device } = await adas();
  const murmur = start({ database });
  await murmur.identify({ email: "grace@shop.example" }, { token: token("grace") });
  expect(await told(log)).toEqual([
    [device, "Product Viewed"],
    [await murmur.deviceId(), '{"email":"grace@shop.example"}'],
  ]);
});

test("so are those that waited for the shopper's word, and what else did on the page of that customer", async () => {
  consoleWarnings();
  const { database, log, device } = await adas();
  const murmur = start({ database, consent: "opt-in" });
  await murmur.track("Page Viewed");
  await murmur.identify({ email: "grace@shop.example" }, { token: token("grace") });
  murmur.consent(ALL);
  await expect.poll(async () => (await told(log)).length, { timeout: 20_000 }).toBe(3);
  expect(await told(log)).toEqual([
    [device, "Product Viewed"],
    [await murmur.deviceId(), "Page Viewed"],
    [await murmur.deviceId(), '{"email":"grace@shop.example"}'],
  ]);
});

test("another customer is another device also where none may be joined", async () => {
  consoleWarnings();
  const { database, log, device } = await adas();
  const murmur = start({ database, consent: { ...ALL, marketing: false } });
  await murmur.identify({}, { token: token("ada") });
  expect(await murmur.deviceId()).toBe(device);
  await murmur.identify({}, { token: token("grace") });
  const next = await murmur.deviceId();
  expect(next).not.toBe(device);
  expect(await murmur.segments()).toEqual([]);
  expect((await log((transaction) => transaction.get<DeviceMeta>("meta")))!.subject).toBeUndefined();
  await murmur.identify({}, { token: token("grace") });
  expect(await murmur.deviceId()).toBe(next);
});

test("a token that is no JWT, or longer than the edge takes, makes nobody of the device, and is said", async () => {
  const said = consoleWarnings();
  const { database, device } = await adas();
  const murmur = start({ database });
  // Another customer's would make it another device.
  for (const wrong of ["grace", `${token("grace")}${"x".repeat(4_096)}`]) {
    await murmur.identify({}, { token: wrong });
    expect(await murmur.deviceId()).toBe(device);
  }
  await expect.poll(() => said.join(), { timeout: 20_000 }).toContain("token_unreadable");
});
