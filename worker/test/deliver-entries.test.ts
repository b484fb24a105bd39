import { env } from "cloudflare:test";
import type { Entry } from "@murmur/core";
import { expect, test } from "vitest";
import { deliverEntries } from "../src/profile/deliver-entries.ts";
import { event, newDevice, sync, token, viewed } from "./kit/call.ts";

const entry = (name: string, timestamp = Date.now()): Entry => event(name, {}, timestamp) as Entry;

test("entries for a customer are there for every device of theirs, once", async () => {
  const customer = newDevice();
  const ordered = entry("Order Completed");
  expect(await deliverEntries(env, { customer }, [ordered, ordered])).toEqual({
    accepted: 1,
    duplicates: 1,
    rejected: [],
  });
  const answer = await sync(newDevice(), [], { identity: await token(customer) });
  expect(answer).toMatchObject({ entries: [{ id: ordered.id }], segments: ["first-time-buyer"] });
});

test("entries for a device follow it to the customer that it has joined", async () => {
  const device = newDevice();
  const identity = await token(newDevice());
  const [before, after] = [entry("Product Viewed"), entry("Order Completed")];
  await deliverEntries(env, { device }, [before]);
  await sync(device, [viewed()], { identity });
  expect(await deliverEntries(env, { device }, [after])).toMatchObject({ accepted: 1 });
  const other = await sync(newDevice(), [], { identity });
  expect(other.entries.map(({ id }) => id)).toEqual(expect.arrayContaining([before.id, after.id]));
});

test("nothing lies in the future, and what is older than 400 days is refused", async () => {
  const customer = newDevice();
  const ahead = entry("Product Viewed", Date.now() + 36e5);
  const old = entry("Product Viewed", Date.now() - 401 * 864e5);
  const delivery = await deliverEntries(env, { customer }, [ahead, old]);
  expect(delivery).toMatchObject({ accepted: 1, rejected: [{ id: old.id, reason: "too_old" }] });
  const { entries } = await sync(newDevice(), [], { identity: await token(customer) });
  expect(entries[0]?.timestamp).toBeLessThanOrEqual(Date.now());
});
