import { env, runDurableObjectAlarm, runInDurableObject, evictDurableObject } from "cloudflare:test";
import { expect, onTestFinished, test, vi } from "vitest";
import { event, fetchEdge, newDevice, post, sync } from "./kit/call.ts";

interface Inspected {
  now: number;
  segments: string[];
  nextChange: number | null;
  transitions: { segment: string; change: string; at: number }[];
}

const HOUR = 36e5;

function move(device: string, advance: number): Promise<{ body: Inspected }> {
  return post<Inspected>("/v1/dev/clock", { device, advance });
}

function stubOf(device: string) {
  return env.PROFILE.get(env.PROFILE.idFromName(`device:${device}`));
}

test("an alarm stands at the instant of the next change, and none where nothing will change", async () => {
  const device = newDevice();
  const added = event("Product Added");
  const { nextChange } = await sync(device, [added]);
  expect(nextChange).toBe(added.timestamp + 2 * HOUR);
  expect(await runDurableObjectAlarm(stubOf(device))).toBe(true);
  const idle = newDevice();
  await sync(idle, [event("Something Else")]);
  expect(await runDurableObjectAlarm(stubOf(idle))).toBe(false);
});

test("with nobody there, the alarm enters and leaves the segment at its very milliseconds", async () => {
  const device = newDevice();
  const added = event("Product Added");
  await sync(device, [added]);
  // Half a second before the cart has lain for two hours; the real alarm has to do the rest.
  await move(device, 2 * HOUR - (Date.now() - added.timestamp) - 500);
  const inspect = async (): Promise<Inspected> =>
    (await fetchEdge(`/v1/dev/profile?device=${device}`)).json();
  const early = await inspect();
  if (early.now < added.timestamp + 2 * HOUR) expect(early.segments).toEqual([]);
  await expect.poll(async () => (await inspect()).segments, { timeout: 5_000 }).toEqual(["cart-abandoner"]);
  const { transitions } = (await move(device, 8 * 24 * HOUR)).body;
  expect(transitions).toEqual([
    { segment: "cart-abandoner", change: "entered", at: added.timestamp + 2 * HOUR },
    { segment: "cart-abandoner", change: "exited", at: added.timestamp + 7 * 24 * HOUR },
  ]);
});

test("an alarm that is delivered twice changes nothing", async () => {
  const device = newDevice();
  await sync(device, [event("Product Added")]);
  const before = (await move(device, 3 * HOUR)).body.transitions;
  await runDurableObjectAlarm(stubOf(device));
  await runDurableObjectAlarm(stubOf(device));
  expect((await move(device, 0)).body.transitions).toEqual(before);
});

test("a change that is centuries away is waited for in steps that the platform can take", async () => {
  const device = newDevice();
  await sync(device, [event("Product Added")]);
  // Far beyond what setAlarm takes; only the clock's offset brings it there.
  await runInDurableObject(stubOf(device), async (_object, state) => {
    state.storage.sql.exec("INSERT INTO value (name, body) VALUES ('clock-offset', '-8000000000000')");
  });
  await evictDurableObject(stubOf(device));
  await sync(device, [event("Product Added", {}, -6_000_000_000_000)], { sentAt: Date.now() - 8e12 });
  const alarm = await runInDurableObject(stubOf(device), (_object, state) => state.storage.getAlarm());
  expect(alarm).toBeGreaterThan(Date.now());
  expect(alarm).toBeLessThan(Date.now() + 366 * 24 * HOUR);
});

test("an alarm that fails until the platform gives it up still rings, and loses nothing", async () => {
  const device = newDevice();
  const added = event("Product Added");
  await sync(device, [added]);
  onTestFinished(() => void vi.useRealTimers());
  const ring = (retryCount: number) =>
    runInDurableObject(stubOf(device), async (object, { storage }) => {
      const { alarm } = object as unknown as { alarm(info: object): Promise<void> };
      await alarm.call(object, { retryCount, isRetry: retryCount > 0 });
      return storage.getAlarm();
    });
  const rename = (from: string, to: string) =>
    runInDurableObject(stubOf(device), async (_object, { storage }) => {
      await storage.deleteAlarm();
      storage.sql.exec(`ALTER TABLE ${from} RENAME TO ${to}`);
    });
  // By the machine's clock it is far off: its own alarm cannot come between.
  await rename("transition", "elsewhere");
  vi.setSystemTime(added.timestamp + 2 * HOUR);
  await expect(ring(0)).rejects.toThrow("transition");
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  const next = (await ring(6))!;
  expect(JSON.parse(error.mock.calls[0]![0] as string)).toMatchObject({
    event: "alarm_failed",
    level: "error",
  });
  error.mockRestore();
  expect(next).toBeGreaterThan(Date.now() + 9 * 60_000);
  await rename("elsewhere", "transition");
  await ring(0);
  expect((await move(device, 0)).body.transitions).toEqual([
    { segment: "cart-abandoner", change: "entered", at: added.timestamp + 2 * HOUR },
  ]);
});
