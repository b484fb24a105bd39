import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import RudderAnalytics from "@rudderstack/rudder-sdk-node";
import { Analytics } from "@segment/analytics-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort, type EdgeProcess } from "../../tools/edge-process.ts";
import { customerToken, TOKEN_SECRET } from "../kit/customer-token.ts";
import { startPlainEdge } from "../kit/plain-edge.ts";

const SECRET_WRITE_KEY = "a-secret-write-key-of-the-tests";
const PUBLIC_WRITE_KEY = "a-public-write-key-of-the-tests";

interface Seen {
  segments: string[];
  slots: Record<string, { content: Record<string, unknown> }>;
  entries: { id: string; type: string; name?: string; timestamp: number }[];
}

let edge: EdgeProcess;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "murmur-test-"));
  edge = await startPlainEdge({
    port: await freePort(),
    persistTo: folder,
    allowedOrigins: [],
    tokenSecret: TOKEN_SECRET,
    vars: { SECRET_WRITE_KEY, PUBLIC_WRITE_KEY },
  });
});

afterAll(async () => {
  await edge?.kill();
  await rm(folder, { recursive: true, force: true });
});

function newId(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

/** What a device sees of its profile, or with a customer's token of theirs. */
async function sees(device: string, customer?: string): Promise<Seen> {
  const identity = customer && (await customerToken(customer));
  const body = JSON.stringify({ device, sentAt: Date.now(), identity, slots: ["hero"] });
  const answer = await fetch(`${edge.url}/v1/sync`, { method: "POST", body });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as Seen;
}

const shoe = { event: "Product Viewed", properties: { category: "running-shoes" } };

describe("@segment/analytics-node", () => {
  function segment(writeKey: string): { client: Analytics; errors: unknown[] } {
    const client = new Analytics({ writeKey, host: edge.url, maxRetries: 0 });
    const errors: unknown[] = [];
    client.on("error", (error) => errors.push(error));
    return { client, errors };
  }

  test("delivers what it records, each to the profile that it names", async () => {
    const { client, errors } = segment(SECRET_WRITE_KEY);
    const [userId, device, phone] = [newId(), newId(), newId()];
    const yesterday = new Date(Date.now() - 30 * 36e5);
    client.identify({ userId, traits: { firstName: "Ada" } });
    for (let at = 0; at < 4; at++) client.track({ userId, ...shoe });
    client.page({ userId, name: "Home", timestamp: yesterday });
    client.page({ userId, name: "Home" });
    client.screen({ userId, name: "Cart" });
    client.group({ userId, groupId: "club-3", traits: { name: "Runners" } });
    for (let at = 0; at < 4; at++) client.track({ anonymousId: device, ...shoe });
    client.track({ anonymousId: phone, event: "Order Completed" });
    client.alias({ userId, previousId: phone });
    await client.closeAndFlush();
    expect(errors).toEqual([]);
    const customer = await sees(newId(), userId);
    expect(customer.segments.sort()).toEqual([
      "first-time-buyer",
      "returning-visitor",
      "running-shoe-intent",
    ]);
    const pages = customer.entries.filter(({ name }) => name === "Page Viewed");
    expect(Math.min(...pages.map(({ timestamp }) => timestamp))).toBe(yesterday.getTime());
    expect((await sees(device)).segments).toEqual(["running-shoe-intent"]);
  });

  test("is told when its key may not name a customer", async () => {
    const { client, errors } = segment(PUBLIC_WRITE_KEY);
    client.track({ userId: newId(), ...shoe });
    await client.closeAndFlush();
    expect(errors).toMatchObject([{ reason: { message: "[403] Forbidden" } }]);
  });

  test("is told when its key is another's", async () => {
    const { client, errors } = segment("another");
    client.track({ userId: newId(), ...shoe });
    await client.closeAndFlush();
    expect(errors).toMatchObject([{ reason: { message: "[401] Unauthorized" } }]);
  });
});

describe("@rudderstack/rudder-sdk-node", () => {
  test.each([
    ["packed, as it does by itself", true],
    ["as plain text", false],
  ])("delivers what it records, %s", async (_how, gzip) => {
    const client = new RudderAnalytics(SECRET_WRITE_KEY, { dataPlaneUrl: edge.url, gzip, retryCount: 0 });
    const [userId, device] = [newId(), newId()];
    const yesterday = new Date(Date.now() - 30 * 36e5);
    client.identify({ userId, traits: { firstName: "Ada" } });
    for (let at = 0; at < 4; at++) client.track({ userId, ...shoe });
    client.page({ userId, name: "Home", timestamp: yesterday });
    client.page({ userId, name: "Home" });
    client.group({ userId, groupId: "club-3", traits: { name: "Runners" } });
    client.track({ anonymousId: device, event: "Order Completed" });
    client.alias({ userId, previousId: device });
    // Its first message leaves alone; the others with the next flush.
    await client.flush();
    await client.flush();
    const customer = await sees(newId(), userId);
    expect(customer.segments.sort()).toEqual([
      "first-time-buyer",
      "returning-visitor",
      "running-shoe-intent",
    ]);
    expect((await sees(device)).segments).toContain("first-time-buyer");
  });

  test("is told when its key is another's", async () => {
    const errors: { response: { status: number } }[] = [];
    const errorHandler = (error: (typeof errors)[number]): void => void errors.push(error);
    const options = { dataPlaneUrl: edge.url, retryCount: 0, logLevel: "none", errorHandler };
    const client = new RudderAnalytics("another", options);
    client.track({ userId: newId(), ...shoe });
    await client.flush();
    expect(errors.map(({ response }) => response.status)).toEqual([401]);
  });
});
