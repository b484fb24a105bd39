import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { traceOf } from "../src/ops/log.ts";
import { event, fetchEdge, newDevice, post, sync, token, viewed } from "./kit/call.ts";
import { segment } from "./kit/segment-call.ts";
import { profileOf } from "./kit/stored.ts";

let lines: string[];

/** Of everything that the worker and its objects say. */
beforeEach(() => {
  lines = [];
  for (const method of ["debug", "log", "info", "warn", "error"] as const)
    vi.spyOn(console, method).mockImplementation((...told) => void lines.push(told.map(String).join(" ")));
});
afterEach(() => vi.restoreAllMocks());

function told(): { event: string; level: string; [member: string]: unknown }[] {
  return lines.map((line) => JSON.parse(line));
}

/** A person's whole way: pages, a customer on two devices, servers, refusals, a fault of ours, a copy, and the end. */
async function wholeWay(phone: string, laptop: string, customer: string): Promise<void> {
  const identity = await token(customer);
  const authorization = `Bearer ${identity}`;
  const identify = {
    type: "identify",
    id: crypto.randomUUID(),
    timestamp: Date.now(),
    traits: { email: "ada.secret@shop.example", name: "Ada Geheim" },
  };
  await sync(phone, [viewed("secret-shoes"), identify], {
    slots: ["hero"],
    context: { city: "Secretville" },
  });
  await sync(phone, [viewed("secret-shoes")], { identity });
  await sync(laptop, [event("Product Added", { sku: "secret-sku" })], { identity });
  await sync(laptop, [{ ...viewed("secret-shoes"), timestamp: "secret-time" }]);
  await segment("track", { event: "Order Completed", userId: customer, properties: { coupon: "SECRET" } });
  await post("/v1/sync", { device: phone, sentAt: "secret-instant" });
  await post("/v1/sync", { device: phone, sentAt: Date.now(), identity: `${identity}secret` });
  await fetchEdge(`/v1/nowhere/${customer}?email=ada.secret@shop.example`);
  await fetchEdge("/v1/profile", { headers: { authorization } }).then((answer) => answer.text());
  await fetchEdge(`/v1/profile/devices/${laptop}`, { method: "DELETE", headers: { authorization } });
  await runInDurableObject(profileOf("device", laptop), (_object, { storage }) => {
    storage.sql.exec("ALTER TABLE entry RENAME TO secret_table");
  });
  await post("/v1/sync", { device: laptop, sentAt: Date.now(), entries: [viewed("secret-shoes")] });
  await sync(phone, [], { consent: { analytics: true, personalization: true, marketing: false }, identity });
  await fetchEdge("/v1/profile", { method: "DELETE", headers: { authorization } });
}

test("the log tells of a person's whole way nothing that is the person's", async () => {
  const [phone, laptop, customer] = [newDevice(), newDevice(), `customer-${crypto.randomUUID()}`];
  await wholeWay(phone, laptop, customer);
  const text = lines.join("\n").toLowerCase();
  for (const own of [phone, laptop, customer, "secret", "geheim", "@", "shoes", "eyj"])
    expect(text).not.toContain(own);
  expect(new Set(told().map(({ event }) => event))).toEqual(
    new Set(["device_joined", "device_parted", "call_failed", "profile_erased"]),
  );
});

test("each line is one object that names its event and how grave it is", async () => {
  await wholeWay(newDevice(), newDevice(), crypto.randomUUID());
  for (const line of lines) expect(line).not.toContain("\n");
  for (const { event, level } of told()) {
    expect(event).toMatch(/^[a-z_]+$/);
    expect(["info", "warn", "error"]).toContain(level);
  }
});

test("a fault of ours is told with its kind, its route and where it was thrown", async () => {
  const device = newDevice();
  await sync(device, [viewed()]);
  await runInDurableObject(profileOf("device", device), (_object, { storage }) => {
    storage.sql.exec("DROP TABLE entry");
  });
  const { status, body } = await post("/v1/sync", { device, sentAt: Date.now(), entries: [viewed()] });
  expect([status, body]).toMatchObject([500, { code: "internal" }]);
  expect(told()).toEqual([
    {
      level: "error",
      event: "call_failed",
      method: "POST",
      route: "/v1/sync",
      error: "Error",
      stack: expect.arrayContaining([expect.stringMatching(/^at .*:\d+:\d+\)?$/)]),
    },
  ]);
});

test("what is refused is no fault, and not told", async () => {
  await post("/v1/sync", "no JSON");
  await fetchEdge("/v1/profile");
  expect(lines).toEqual([]);
});

test("of an error's message nothing is told, be it that it looks like a place in the code", () => {
  const error = new TypeError("ada@shop.example\nat ada@shop.example:1:2\n    at ada (Secretville:1:2)");
  expect(traceOf(error).error).toBe("TypeError");
  expect(JSON.stringify(traceOf(error))).not.toMatch(/shop|Secretville/);
  expect(traceOf(new Error()).stack.length).toBeGreaterThan(0);
  expect(traceOf("ada@shop.example")).toEqual({ error: "string", stack: [] });
});
