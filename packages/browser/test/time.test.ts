import { manifestOf } from "@murmur/core";
import { expect, onTestFinished, test, vi } from "vitest";
import { Engine } from "../src/device/engine.ts";
import { wakeTimer } from "../src/device/wake-timer.ts";
import { backOff, retryAfter } from "../src/deliver/back-off.ts";

const DAY = 864e5;

test("a segment is left in time though the next change is further off than a timer can wait", async () => {
  vi.useFakeTimers({ now: 0 });
  onTestFinished(() => void vi.useRealTimers());
  const changes: string[] = [];
  const engine = new Engine({
    rows: async () => [],
    now: () => Date.now(),
    onChange: (transitions) =>
      changes.push(...transitions.map(({ segment, change, at }) => `${segment} ${change} ${at / DAY}`)),
  });
  const definition = { segments: { seen: { when: { count: "X", within: "60d" as const, gte: 1 } } } };
  engine.allow(true);
  await engine.renew(manifestOf(definition), undefined, []);
  const entry = { type: "event" as const, id: "a", name: "X", timestamp: 0, properties: {} };
  await engine.feed([{ n: 1, entry }]);
  await vi.advanceTimersByTimeAsync(59 * DAY);
  expect(changes).toEqual(["seen entered 0"]);
  await vi.advanceTimersByTimeAsync(2 * DAY);
  expect(changes).toEqual(["seen entered 0", "seen exited 60"]);
});

test("the page is told when a schedule opens and closes, though no segment changes", async () => {
  vi.useFakeTimers({ now: 0 });
  onTestFinished(() => void vi.useRealTimers());
  const looks: number[] = [];
  const engine = new Engine({
    rows: async () => [],
    now: () => Date.now(),
    onChange: () => looks.push(Date.now() / DAY),
  });
  const when = { count: "X", gte: 1 } as const;
  const schedule = { from: iso(2), to: iso(40) };
  const variants = [{ id: "sale", when, content: { title: "Sale" }, schedule }];
  const definition = {
    segments: {},
    slots: { hero: { variants, fallback: { content: { title: "Shoes" } } } },
  };
  engine.allow(true);
  await engine.renew(manifestOf(definition), undefined, []);
  const entry = { type: "event" as const, id: "a", name: "X", timestamp: 0, properties: {} };
  await engine.feed([{ n: 1, entry }]);
  looks.length = 0;
  await vi.advanceTimersByTimeAsync(39 * DAY);
  expect(looks).toContain(2);
  expect(looks).not.toContain(40);
  await vi.advanceTimersByTimeAsync(2 * DAY);
  expect(looks).toContain(40);
});

function iso(days: number): string {
  return new Date(days * DAY).toISOString();
}

test("the timer has one time to wake, the last that it was given", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const wake = vi.fn();
  const wakeAfter = wakeTimer(wake);
  wakeAfter(10);
  wakeAfter(100);
  await vi.advanceTimersByTimeAsync(50);
  expect(wake).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(50);
  expect(wake).toHaveBeenCalledTimes(1);
  wakeAfter(10);
  wakeAfter(Infinity);
  await vi.advanceTimersByTimeAsync(50);
  expect(wake).toHaveBeenCalledTimes(1);
});

test("waits twice as long after each failure, up to five minutes, never all devices alike", () => {
  expect([1, 2, 3, 20].map((failures) => backOff(failures, 1))).toEqual([1_000, 2_000, 4_000, 300_000]);
  expect([1, 20].map((failures) => backOff(failures, 0))).toEqual([500, 150_000]);
});

test("reads Retry-After in seconds and as a date", () => {
  const now = Date.UTC(2026, 0, 1);
  expect(retryAfter("120", now)).toBe(120_000);
  expect(retryAfter("Thu, 01 Jan 2026 00:00:30 GMT", now)).toBe(30_000);
  expect(retryAfter("Thu, 01 Jan 2020 00:00:30 GMT", now)).toBe(0);
  expect([null, "", "soon", "-5"].map((header) => retryAfter(header, now))).toEqual([0, 0, 0, 0]);
});
