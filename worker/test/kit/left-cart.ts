import { runInDurableObject } from "cloudflare:test";
import type { JourneyEffect } from "@murmur/core";
import type { WebhookCall } from "../../src/outbox/outflow.ts";
import { event, newDevice, post, sync, token } from "./call.ts";
import { profileOf } from "./stored.ts";

const HOUR = 36e5;

/** A customer who left a cart, so many hours ago by their profile's clock, and is in the journey of the shop's definition. */
export interface LeftCart {
  customer: string;
  device: string;
  stub: DurableObjectStub;
  /** When the product was added, ms. */
  at: number;
}

export async function leftCart(hours: number): Promise<LeftCart> {
  const [customer, device] = [newDevice(), newDevice()];
  const traits = { email: `${customer}@shop.example`, firstName: "Ada" };
  const named = { type: "identify", id: crypto.randomUUID(), timestamp: Date.now(), traits };
  const added = event("Product Added", { name: "Fellrunner 2" });
  const consent = { analytics: true, personalization: true, marketing: true };
  await sync(device, [named, added], { identity: await token(customer), consent });
  await post("/v1/dev/clock", { device, advance: hours * HOUR });
  return { customer, device, stub: profileOf("customer", customer), at: added.timestamp };
}

/** What the queue would carry of a journey's effects of one kind, without what audiences' webhooks tell. */
export function effectCalls(
  stub: DurableObjectStub,
  kind: JourneyEffect["action"]["kind"],
): Promise<WebhookCall[]> {
  return runInDurableObject(stub, (_object, { storage }) =>
    storage.sql
      .exec<{ key: string }>(
        "SELECT key FROM outbox WHERE json_extract(effect, '$.action.kind') = ? ORDER BY n",
        kind,
      )
      .toArray()
      .map(({ key }) => ({ profile: stub.id.toString(), key })),
  );
}
