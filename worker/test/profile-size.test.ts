import { env, runInDurableObject } from "cloudflare:test";
import type { EventEntry } from "@murmur/core";
import { expect, test } from "vitest";
import { edgeProgram } from "../src/definition.ts";
import { ProfileKeeper } from "../src/profile/profile-keeper.ts";
import { sqliteLogStore } from "../src/profile/sqlite-log-store.ts";
import { newDevice } from "./kit/call.ts";

const T = 1_790_000_000_000;

/** As the tag sends it, whose ids are 32 hex digits. */
function view(at: number): EventEntry {
  const properties = { product_id: "fellrunner-2", category: "running-shoes", brand: "Tarnfell", price: 129 };
  return { type: "event", id: newDevice(), name: "Product Viewed", timestamp: T + at * 1_000, properties };
}

test("a profile with 1,000 events takes no more than 256 KB on disk", () =>
  runInDurableObject(env.PROFILE.get(env.PROFILE.newUniqueId()), (_object, { storage }) => {
    const store = sqliteLogStore(storage);
    const keeper = new ProfileKeeper(edgeProgram, store);
    const device = newDevice();
    for (let at = 0; at < 1_000; at++) {
      store.add(view(at), device);
      keeper.catchUp(T + at * 1_000);
    }
    expect(store.size().entries).toBe(1_000);
    expect(storage.sql.databaseSize).toBeLessThanOrEqual(256 * 1_024);
  }));
