import { expect, test } from "vitest";
import { loadShoppers } from "./shoppers.ts";

test("shoppers on several devices, with orders, e-mails and late phones: every profile is as the engine alone has it", async () => {
  const { comparison, errors, events, devices, shoppers, stored } = await loadShoppers({
    shoppers: 40,
    atOnce: 8,
    seed: 7,
  });
  expect(comparison.mismatches).toEqual([]);
  expect([...errors]).toEqual([]);
  expect(comparison.entries).toBe(events);
  expect(devices).toBeGreaterThan(shoppers);
  expect(stored.profiles).toBe(shoppers);
  expect(comparison.members.size).toBeGreaterThan(5);
});
