import { expect, test } from "vitest";
import { DeviceLog } from "../src/log/device-log.ts";
import { indexedDbStore } from "../src/log/indexed-db-store.ts";
import { consoleWarnings, start } from "./kit.ts";

const definition = { segments: { keen: { when: { count: "Product Viewed", gte: 2 } } } };

async function knownDevice(database: string): Promise<void> {
  const manifest = { hash: "known", definition } as never;
  const meta = { device: "d".repeat(32), generation: 0, shift: 0, delivered: 0, cursor: 0, manifest };
  await new DeviceLog(indexedDbStore(database), meta).open();
}

test("every page of the device follows at once what happens on another", async () => {
  consoleWarnings();
  const database = crypto.randomUUID();
  await knownDevice(database);
  const [one, other] = [start({ database }), start({ database })];
  await one.track("Product Viewed");
  await one.track("Product Viewed");
  await expect.poll(() => other.segments()).toEqual(["keen"]);
});

test("a segment that is entered is told on one page of the device alone", async () => {
  consoleWarnings();
  const database = crypto.randomUUID();
  await knownDevice(database);
  const pages = Array.from({ length: 5 }, () => start({ database }));
  const told: number[] = [];
  pages.forEach((page, at) => page.on("entered", () => told.push(at)));
  await Promise.all(pages.map((page) => page.track("Product Viewed")));
  for (const page of pages) await expect.poll(() => page.segments()).toEqual(["keen"]);
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(told).toHaveLength(1);
});
