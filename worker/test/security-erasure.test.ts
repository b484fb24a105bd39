import {
  createExecutionContext,
  createMessageBatch,
  env,
  getQueueResult,
  listDurableObjectIds,
  runInDurableObject,
} from "cloudflare:test";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { WebhookCall } from "../src/outbox/outflow.ts";
import { deliverWebhooks } from "../src/webhooks/deliver-webhooks.ts";
import { event, fetchEdge, newDevice, sync, token, viewed } from "./kit/call.ts";
import { customer } from "./kit/hook-opens.ts";
import { profileOf, storedIn } from "./kit/stored.ts";

/** Of all objects that there are, by their bindings: one that comes later is looked at, too. */
const NAMESPACES = Object.values({ ...env }).filter(isNamespace);

function isNamespace(binding: object | string | undefined): binding is DurableObjectNamespace {
  return binding?.constructor.name === "DurableObjectNamespace";
}

afterEach(() => vi.restoreAllMocks());

/** Everything that all objects of the worker have on disk: rows of all tables, and values that were put by name. */
async function everythingStored(): Promise<string> {
  const texts: string[] = [];
  for (const namespace of NAMESPACES) {
    for (const id of await listDurableObjectIds(namespace)) {
      const stub = namespace.get(id);
      texts.push(...(await storedIn(stub)).rows);
      const put = await runInDurableObject(stub, async (_object, { storage }) => [...(await storage.list())]);
      texts.push(JSON.stringify(put));
    }
  }
  return texts.join("\n");
}

function asCustomer(identity: string): RequestInit {
  return { method: "DELETE", headers: { authorization: `Bearer ${identity}` } };
}

describe("what was erased", { timeout: 30_000 }, () => {
  test("is nowhere: in no table of any object, under no name of the person's, with no alarm", async () => {
    const { id, email, device: phone } = await customer();
    const laptop = newDevice();
    const identity = await token(id);
    const consent = { analytics: true, personalization: true, marketing: true };
    const shoes = Array.from({ length: 4 }, () => viewed());
    const search = crypto.randomUUID();
    await sync(laptop, [...shoes, event("Product Added"), event("Products Searched", { query: search })], {
      identity,
      consent,
    });
    const marks = [id, email, phone, laptop, search, shoes[0]!.id];
    const before = await everythingStored();
    // All of them can be found where they are.
    for (const mark of marks)
      expect([mark, before.toLowerCase().includes(mark.toLowerCase())]).toEqual([mark, true]);
    expect((await fetchEdge("/v1/profile", asCustomer(identity))).status).toBe(204);
    const after = await everythingStored();
    for (const mark of marks)
      expect([mark, after.toLowerCase().includes(mark.toLowerCase())]).toEqual([mark, false]);
    for (const stub of [profileOf("customer", id), profileOf("device", phone), profileOf("device", laptop)])
      expect(await storedIn(stub)).toEqual({ rows: [], alarm: null });
  });

  test("is not sent any more, though the queue still has the call", async () => {
    const { id } = await customer();
    const identity = await token(id);
    const called = vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response());
    const receiver = {
      ...env,
      WEBHOOK_URL: "https://receiver.example/hook",
      WEBHOOK_SECRET: `whsec_${btoa("x".repeat(32))}`,
    };
    const profile = env.PROFILE.idFromName(`customer:${id}`).toString();
    await fetchEdge("/v1/profile", asCustomer(identity));
    for (const key of ["", "1", "__proto__", crypto.randomUUID()]) {
      const body: WebhookCall = { profile, key };
      const batch = createMessageBatch<WebhookCall>("murmur-webhooks", [
        { id: "one", timestamp: new Date(), attempts: 1, body },
      ]);
      await deliverWebhooks(batch, receiver);
      expect((await getQueueResult(batch, createExecutionContext())).explicitAcks).toEqual(["one"]);
    }
    expect(called).not.toHaveBeenCalled();
    expect(await storedIn(profileOf("customer", id))).toEqual({ rows: [], alarm: null });
  });
});
