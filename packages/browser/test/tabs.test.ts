import { expect, test } from "vitest";
import { consoleWarnings, knownDevice, start } from "./kit.ts";

const definition = { segments: { keen: { when: { count: "Product Viewed", gte: 2 } } } };

test("every page of the device follows at once what happens on another", async () => {
  consoleWarnings();
  const database = crypto.randomUUID();
  await knownDevice(database, definition);
  const [one, other] = [start({ database }), start({ database })];
  await one.track("Product Viewed");
  await one.track("Product Viewed");
  await expect.poll(() => other.segments()).toEqual(["keen"]);
});

test("a segment that is entered is told on one page of the device alone", async () => {
  consoleWarnings();
  const database = crypto.randomUUID();
  await knownDevice(database, definition);
  const pages = Array.from({ length: 5 }, () => start({ database }));
  const told: number[] = [];
  pages.forEach((page, at) => page.on("entered", () => told.push(at)));
  await Promise.all(pages.map((page) => page.track("Product Viewed")));
  for (const page of pages) await expect.poll(() => page.segments()).toEqual(["keen"]);
  await expect.poll(() => told).toHaveLength(1);
  // Nobody else is told later.
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(told).toHaveLength(1);
});
