import { env } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { deliverEntries } from "../src/profile/deliver-entries.ts";
import { RateLimit } from "../src/profile/rate-limit.ts";
import { event, fetchEdge, newDevice, post, sync, token, viewed, type ProblemBody } from "./kit/call.ts";

const many = (count: number) => Array.from({ length: count }, () => event("X"));

async function refused(
  device: string,
  count: number,
): Promise<{ status: number; wait: number; code: string }> {
  const body = JSON.stringify({ device, sentAt: Date.now(), entries: many(count) });
  const response = await fetchEdge("/v1/sync", { method: "POST", body });
  const { code } = await response.json<ProblemBody>();
  return { status: response.status, wait: Number(response.headers.get("retry-after")), code };
}

describe("600 events a minute from one device", () => {
  test("are taken; more is told how long to wait, and nothing of it is taken", async () => {
    const device = newDevice();
    const { log, cursor } = await sync(device, many(500));
    await sync(device, many(100));
    const { status, wait, code } = await refused(device, 100);
    expect([status, code]).toEqual([429, "rate_limited"]);
    expect(wait).toBeGreaterThan(5);
    expect(wait).toBeLessThanOrEqual(10);
    // It may ask, and others of the same customer are not held up.
    expect((await sync(device, [], { log, cursor })).cursor).toBe(600);
    const identity = await token(newDevice());
    await sync(device, [], { identity });
    expect((await sync(newDevice(), many(100), { identity })).accepted).toBe(100);
  });

  test("hold wherever they come from, and not for the shop's server", async () => {
    const [device, customer] = [newDevice(), newDevice()];
    await deliverEntries(env, { device }, many(500) as never);
    await expect(deliverEntries(env, { device }, many(200) as never)).rejects.toMatchObject({
      code: "rate_limited",
      extra: { retryAfter: expect.any(Number) },
    });
    for (let call = 0; call < 2; call++)
      expect((await deliverEntries(env, { customer }, many(500) as never)).accepted).toBe(500);
  });

  test("come back as time passes, by the second", () => {
    const limit = new RateLimit();
    expect(limit.take("a", 600, 0)).toBe(0);
    expect(limit.take("a", 1, 0)).toBe(1);
    expect(limit.take("b", 1, 0)).toBe(0);
    expect(limit.take("a", 10, 999)).toBe(1);
    expect(limit.take("a", 10, 1_000)).toBe(0);
    expect(limit.take("a", 600, 1_000)).toBe(60);
    // A clock that goes back gives nothing.
    expect(limit.take("a", 1, 0)).toBe(1);
  });

  test("do not keep out for ever what is larger than they are", () => {
    const limit = new RateLimit();
    expect(limit.take("a", 900, 0)).toBe(0);
    expect(limit.take("a", 1, 0)).toBe(31);
    expect(limit.take("a", 900, 60_000)).toBe(30);
    expect(limit.take("a", 900, 90_000)).toBe(0);
  });

  test("are as many as the operator says, where that is a number", () => {
    const limit = new RateLimit("1200");
    expect(limit.take("a", 1_200, 0)).toBe(0);
    expect(limit.take("a", 20, 1_000)).toBe(0);
    for (const setting of ["", "many", "-5", "0"])
      expect(new RateLimit(setting).take("a", 600, 0) + new RateLimit(setting).take("a", 601, 0)).toBe(0);
  });

  test("are counted for a thousand devices as for one", () => {
    const limit = new RateLimit();
    for (let device = 0; device < 1_000; device++) limit.take(`${device}`, 600, device);
    expect(limit.take("999", 1, 999)).toBe(1);
    expect(limit.take("0", 600, 60_000)).toBe(0);
  });
});

describe("a body", () => {
  test("of a million keys is refused before it is read", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent === 0) controller.enqueue(new TextEncoder().encode(`{"device":"${newDevice()}"`));
        else if (sent <= 1_000_000)
          controller.enqueue(
            new TextEncoder().encode(
              Array.from({ length: 1_000 }, (_none, at) => `,"k${sent + at}":1`).join(""),
            ),
          );
        else return controller.close();
        sent += 1_000;
      },
    });
    const response = await fetchEdge("/v1/sync", { method: "POST", body: endless });
    expect([response.status, (await response.json<ProblemBody>()).code]).toEqual([413, "body_too_large"]);
    expect(sent).toBeLessThan(100_000);
  });

  test("of as many keys as fit is cut to those that are known", async () => {
    const keys = Array.from({ length: 5_000 }, (_none, at) => `"k${at}":1`).join();
    const { status } = await post("/v1/sync", `{"device":"${newDevice()}","sentAt":${Date.now()},${keys}}`);
    expect(status).toBe(200);
  });

  test("may nest as deep as it fits: what is too deep is refused by name", async () => {
    const deep = "[".repeat(20_000) + "]".repeat(20_000);
    const around = (members: string) => `{"device":"${newDevice()}","sentAt":${Date.now()},${members}}`;
    const entries = await post<{ rejected: { reason: string }[] }>("/v1/sync", around(`"entries":[${deep}]`));
    expect([entries.status, entries.body.rejected[0]?.reason]).toEqual([200, "invalid"]);
    const named = `{"type":"event","id":"d","name":"X","timestamp":1,"properties":{"a":${deep}}}`;
    const event = await post<{ rejected: object[] }>("/v1/sync", around(`"entries":[${named}]`));
    expect(event.body.rejected).toMatchObject([{ id: "d", reason: "too_large" }]);
    const context = await post<ProblemBody>("/v1/sync", around(`"context":{"a":${deep}}`));
    expect([context.status, context.body.errors?.[0]?.path]).toEqual([400, "context"]);
  });
});

describe("what a page tells of itself and asks for", () => {
  test("is taken where it is as it should be", async () => {
    const context = { device: "mobile", utm: { source: "mail" }, timezone: "Europe/Berlin" };
    const shoes = Array.from({ length: 4 }, () => viewed());
    const answer = await sync(newDevice(), shoes, { context, slots: ["hero"], manifest: "0123456789abcdef" });
    expect(answer.slots["hero"]?.variant).toBe("running");
    // Whatever the device holds, it is told what to hold.
    expect(answer.manifest).toBe((await sync(newDevice(), [], { manifest: answer.manifest })).manifest);
  });

  test.each([
    [{ context: "mobile" }, "context"],
    [{ context: [] }, "context"],
    [{ context: Object.fromEntries(["a", "b"].map((key) => [key, "x".repeat(9_000)])) }, "context"],
    [{ slots: "hero" }, "slots"],
    [{ slots: [1] }, "slots.0"],
    [{ slots: Array.from({ length: 101 }, () => "a") }, "slots"],
    [{ manifest: 1 }, "manifest"],
    [{ manifest: "x".repeat(65) }, "manifest"],
  ])("is refused with its path otherwise: %j", async (members, path) => {
    const { status, body } = await post<ProblemBody>("/v1/sync", {
      device: newDevice(),
      sentAt: Date.now(),
      ...members,
    });
    expect([status, body.errors?.map((error) => error.path)]).toEqual([400, [path]]);
  });
});
