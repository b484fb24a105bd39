import { describe, expect, test } from "vitest";
import { event, newDevice, post, sync, token, viewed, type ProblemBody } from "./kit/call.ts";

describe("a customer's token", () => {
  test("joins a device's log to the customer's profile, and both devices see one", async () => {
    const [phone, laptop] = [newDevice(), newDevice()];
    await sync(phone, [viewed(), viewed(), viewed()]);
    await sync(laptop, [viewed()]);
    const identity = await token(newDevice());
    await sync(phone, [], { identity });
    const joined = await sync(laptop, [], { identity });
    expect(joined.segments).toContain("running-shoe-intent");
    expect(joined.entries).toHaveLength(4);
    // From then on the device needs no token: its own profile knows where it has gone.
    expect((await sync(phone)).segments).toContain("running-shoe-intent");
    expect((await sync(phone, [event("Order Completed")])).accepted).toBe(1);
    expect((await sync(laptop, [], { identity })).segments).toContain("first-time-buyer");
  });

  test("joins once, however often and however much at once it is sent", async () => {
    const [device, identity] = [newDevice(), await token(newDevice())];
    await sync(device, [viewed(), viewed()]);
    await Promise.all(Array.from({ length: 5 }, () => sync(device, [], { identity })));
    expect((await sync(device, [], { identity })).entries).toHaveLength(2);
  });

  test("does not take over a device that belongs to somebody else", async () => {
    const device = newDevice();
    await sync(device, [viewed()], { identity: await token("first-" + device) });
    const { status, body } = await post<ProblemBody>("/v1/sync", {
      device,
      sentAt: Date.now(),
      identity: await token("second-" + device),
    });
    expect([status, body.code]).toEqual([409, "device_taken"]);
  });

  test.each([
    ["signed with another secret", () => token("cust", { secret: "another-secret-of-at-least-32-bytes!" })],
    ["expired", () => token("cust", { expires: "-1s" })],
    [
      "not signed at all",
      async () => `${btoa('{"alg":"none"}')}.${btoa('{"sub":"cust","exp":9999999999}')}.`,
    ],
    ["no token", async () => "nonsense"],
    ["empty", async () => ""],
  ])("counts for nothing when it is %s", async (_what, make) => {
    const { status, body } = await post<ProblemBody>("/v1/sync", {
      device: newDevice(),
      sentAt: Date.now(),
      identity: await make(),
    });
    expect([status, body.code]).toEqual([401, "token_invalid"]);
  });

  test("is what a profile opens to: naming the customer as a device does not", async () => {
    const subject = newDevice();
    await sync(newDevice(), [viewed(), viewed(), viewed(), viewed()], { identity: await token(subject) });
    expect(await sync(subject)).toMatchObject({ segments: [], entries: [] });
  });
});
