import { env, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { deliverEntries } from "../src/profile/deliver-entries.ts";
import { event, fetchEdge, newDevice, post, sync, token, viewed, type ProblemBody } from "./kit/call.ts";
import { askToListen, listen, toldBy } from "./kit/page-socket.ts";
import { profileOf, storedIn } from "./kit/stored.ts";

const HOUR = 36e5;
const shoes = () => Array.from({ length: 4 }, () => viewed());
const order = () => event("Order Completed") as never;
const all = { analytics: true, personalization: true, marketing: true };

/** A customer with two devices. */
async function customer() {
  const [subject, phone, laptop] = [newDevice(), newDevice(), newDevice()];
  const identity = await token(subject);
  await sync(phone, [], { identity });
  await sync(laptop, [], { identity });
  return { subject, phone, laptop, identity };
}

describe("an open page is told", () => {
  test("of a membership that another device of the customer has changed, and of nothing more", async () => {
    const { phone, laptop } = await customer();
    const page = await listen(`device.${phone}`);
    await sync(laptop, [viewed(), viewed(), viewed()]);
    expect(await toldBy(page)).toEqual([]);
    await sync(laptop, [viewed()]);
    await page.hears(1);
    // That is all that it says: whatever it is about stays between the profile and its owner.
    expect(await toldBy(page)).toEqual(["changed"]);
    expect((await sync(phone)).segments).toContain("running-shoe-intent");
  });

  test("of what the shop's server says of the customer, and of the device by its own id", async () => {
    const { subject, phone } = await customer();
    const page = await listen(`device.${phone}`);
    await deliverEntries(env, { customer: subject }, [order()]);
    await page.hears(1);
    const device = newDevice();
    await sync(device, []);
    const own = await listen(`device.${device}`);
    await deliverEntries(env, { device }, [order()]);
    await own.hears(1);
    expect(await toldBy(own)).toEqual(["changed"]);
  });

  test("of what time alone has changed", async () => {
    const { phone, laptop } = await customer();
    await sync(phone, [event("Product Added")]);
    const pages = [await listen(`device.${phone}`), await listen(`device.${laptop}`)];
    await post("/v1/dev/clock", { device: phone, advance: 3 * HOUR });
    for (const page of pages) {
      await page.hears(1);
      expect(await toldBy(page)).toEqual(["changed"]);
    }
  });

  test("not of what its own device has sent: the answer to that has told it", async () => {
    const { phone, laptop } = await customer();
    const [own, other] = [await listen(`device.${phone}`), await listen(`device.${laptop}`)];
    await sync(phone, shoes());
    await other.hears(1);
    expect(await toldBy(own)).toEqual([]);
  });

  test("after the profile has left memory and come back", async () => {
    const { subject, phone, laptop } = await customer();
    const page = await listen(`device.${phone}`);
    for (const told of [1, 2]) {
      await evictDurableObject(profileOf("customer", subject));
      await sync(laptop, told === 1 ? shoes() : [event("Order Completed")]);
      await page.hears(told);
    }
    expect(await toldBy(page)).toEqual(["changed", "changed"]);
  });

  test("by the alarm, with the profile out of memory and nobody else there", async () => {
    const device = newDevice();
    const added = event("Product Added");
    await sync(device, [added]);
    const page = await listen(`device.${device}`);
    const advance = 2 * HOUR - (Date.now() - added.timestamp) - 700;
    await post("/v1/dev/clock", { device, advance });
    await evictDurableObject(profileOf("device", device));
    await page.hears(1);
    expect((await sync(device)).segments).toContain("cart-abandoner");
  });

  test("with the customer's token in place of a device's id", async () => {
    const { phone, identity } = await customer();
    const page = await listen(`bearer.${identity}`);
    await sync(phone, shoes());
    await page.hears(1);
    expect(await toldBy(page)).toEqual(["changed"]);
  });
});

describe("where the profile is elsewhere, a page is let go to connect again", () => {
  test("when its device joins a customer, and is told of the customer's from then on", async () => {
    const [subject, device] = [newDevice(), newDevice()];
    await sync(device, []);
    const before = await listen(`device.${device}`);
    await sync(device, [], { identity: await token(subject) });
    expect(await before.ends()).toBe(4001);
    const after = await listen(`device.${device}`);
    await deliverEntries(env, { customer: subject }, [order()]);
    await after.hears(1);
  });

  test.each(["is removed by the customer", "says no to marketing"])("when its device %s", async (what) => {
    const { subject, phone, laptop, identity } = await customer();
    const [page, other] = [await listen(`device.${phone}`), await listen(`device.${laptop}`)];
    if (what === "says no to marketing") await sync(phone, [], { consent: { ...all, marketing: false } });
    else
      await fetchEdge(`/v1/profile/devices/${phone}`, {
        method: "DELETE",
        headers: { authorization: `Bearer ${identity}` },
      });
    expect(await page.ends()).toBe(4001);
    await deliverEntries(env, { customer: subject }, [order()]);
    await other.hears(1);
    const own = await listen(`device.${phone}`);
    await deliverEntries(env, { customer: subject }, [event("Product Added") as never]);
    await deliverEntries(env, { device: phone }, [order()]);
    await own.hears(1);
    expect(await toldBy(own)).toEqual(["changed"]);
  });

  test("when everything is erased; and what listens for nobody keeps nothing", async () => {
    const device = newDevice();
    await sync(device, shoes());
    const page = await listen(`device.${device}`);
    await fetchEdge("/v1/profile", { method: "DELETE", headers: { authorization: `Device ${device}` } });
    expect(await page.ends()).toBe(4001);
    const again = await listen(`device.${device}`);
    expect(await storedIn(profileOf("device", device))).toEqual({ rows: [], alarm: null });
    // Nobody is there yet; who comes is told of all the same.
    await deliverEntries(env, { device }, [order()]);
    await again.hears(1);
  });
});

describe("who may listen", () => {
  test.each([
    ["nobody in particular", "murmur"],
    ["nobody at all", ""],
    ["a device by less than its id", "murmur, device.abc"],
    ["a customer by name", "murmur, device.customer"],
    ["a customer by no token", "murmur, bearer.ada"],
  ])("not %s", async (_who, protocols) => {
    const response = await askToListen(protocols);
    expect([response.status, response.webSocket]).toEqual([401, null]);
    expect((await response.json<ProblemBody>()).code).toMatch(/^token_(required|invalid)$/);
  });

  test("not with a token that is forged, or has expired", async () => {
    for (const made of [
      await token("ada", { secret: "another-secret-of-at-least-32-bytes!" }),
      await token("ada", { expires: "-1s" }),
    ])
      expect((await askToListen(`murmur, bearer.${made}`)).status).toBe(401);
  });

  test("not a page of a foreign origin", async () => {
    const response = await askToListen(`murmur, device.${newDevice()}`, { origin: "https://evil.example" });
    expect([response.status, response.webSocket]).toEqual([403, null]);
    expect((await response.json<ProblemBody>()).code).toBe("origin_not_allowed");
  });

  test("who is no page, by a header, and without the protocol that only browsers need", async () => {
    const response = await askToListen("", { authorization: `Device ${newDevice()}` });
    expect([response.status, response.headers.get("sec-websocket-protocol")]).toEqual([101, null]);
    response.webSocket?.accept();
    const browser = await askToListen(`murmur, device.${newDevice()}`);
    expect(browser.headers.get("sec-websocket-protocol")).toBe("murmur");
    browser.webSocket?.accept();
  });

  test.each([
    ["recording", { analytics: false, personalization: true }],
    ["personalization", { analytics: true, personalization: false }],
  ])("not on a device that has said no to %s", async (_what, consent) => {
    const device = newDevice();
    await sync(device, [], { consent });
    const response = await askToListen(`murmur, device.${device}`);
    expect([response.status, (await response.json<ProblemBody>()).code]).toEqual([403, "no_consent"]);
  });

  test("no more pages of one device than it can have before the shopper's eyes", async () => {
    const device = newDevice();
    const open = await Promise.all(Array.from({ length: 10 }, () => listen(`device.${device}`)));
    const response = await askToListen(`murmur, device.${device}`);
    expect([response.status, (await response.json<ProblemBody>()).code]).toEqual([
      429,
      "too_many_connections",
    ]);
    open[0]!.socket.close();
    // The platform answers nobody's goodbye by itself: a browser would wait 10 s for it, and hold the place.
    await open[0]!.ends();
    await listen(`device.${device}`);
  });

  test("not by another method, nor without asking for a WebSocket", async () => {
    const plain = await fetchEdge("/v1/push", { headers: { authorization: `Device ${newDevice()}` } });
    expect([plain.status, (await plain.json<ProblemBody>()).code]).toEqual([426, "upgrade_required"]);
    const wrong = await fetchEdge("/v1/push", { method: "POST" });
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET"]);
  });
});

test.each([
  ["text", "hello"],
  ["a lot", "x".repeat(500_000)],
  ["bytes", new Uint8Array(3).buffer],
])("a page that says %s is let go, and the others stay", async (_what, message) => {
  const { phone, laptop } = await customer();
  const [loud, quiet] = [await listen(`device.${phone}`), await listen(`device.${laptop}`)];
  loud.socket.send(message);
  expect(await loud.ends()).toBe(1008);
  await sync(phone, shoes());
  await quiet.hears(1);
});

test("a ping is answered without waking the profile", async () => {
  const device = newDevice();
  await sync(device, []);
  const page = await listen(`device.${device}`);
  const stub = profileOf("device", device);
  await evictDurableObject(stub);
  expect(await toldBy(page)).toEqual([]);
  // There is nobody to evict: it had not come back.
  await expect(evictDurableObject(stub)).rejects.toThrow();
  expect(await runInDurableObject(stub, (_object, state) => state.getWebSockets().length)).toBe(1);
});
