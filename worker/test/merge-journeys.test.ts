import type { Definition, JourneyDefinition, JourneyRun, JourneysState } from "@murmur/core";
import { describe, expect, test } from "vitest";
import { mergeJourneys } from "../src/journeys/merge-journeys.ts";
import { event, fetchEdge, newDevice, post, sync, token } from "./kit/call.ts";
import { effectCalls } from "./kit/left-cart.ts";
import { profileOf } from "./kit/stored.ts";

const T = 1_790_000_000_000;
const HOUR = 36e5;

const definition = {
  segments: { here: { count: "Page Viewed", gte: 1 } },
  journeys: {
    rescue: { enter: { segment: "here" }, steps: [{ wait: "1d" }] },
    welcome: { enter: { segment: "here" }, steps: [{ wait: "1d" }] },
    farewell: { enter: { segment: "here" }, on: "exit", steps: [{ wait: "1d" }] },
  },
} satisfies Definition;

const run = (journey: string, owner: string, at: number): JourneyRun => ({
  journey,
  at,
  version: `version of ${owner}`,
  owner,
  path: "0",
  since: at,
  wake: at + 864e5,
});

function state(runs: readonly JourneyRun[], more: Partial<JourneysState> = {}): JourneysState {
  return {
    holds: {},
    last: Object.fromEntries(runs.map(({ journey, at }) => [journey, at])),
    runs: [...runs],
    versions: Object.fromEntries(runs.map(({ version }) => [version, definition])),
    sent: [],
    ...more,
  };
}

const merge = (here: JourneysState, there: JourneysState) => mergeJourneys(here, there, definition);

describe("the journeys of two profiles that become one", () => {
  const [phone, laptop] = [run("rescue", "device:phone", T), run("rescue", "customer:ada", T + HOUR)];

  test("of two runs of one journey that which began earlier goes on, on whichever side it was", () => {
    for (const merged of [merge(state([phone]), state([laptop])), merge(state([laptop]), state([phone]))]) {
      expect(merged.runs).toEqual([phone]);
      // Nobody follows the other version any more.
      expect(Object.keys(merged.versions)).toEqual([phone.version]);
      expect(merged.last).toEqual({ rescue: T + HOUR });
    }
  });

  test("runs of different journeys go on, each by its own version", () => {
    const welcome = run("welcome", "customer:ada", T - HOUR);
    const merged = merge(state([welcome]), state([phone]));
    expect(merged.runs).toEqual([welcome, phone]);
    expect(Object.keys(merged.versions).sort()).toEqual([phone.version, welcome.version].sort());
  });

  test("a run that has ended here does not come back, nor one from before the last", () => {
    for (const last of [T, T + HOUR])
      expect(merge(state([], { last: { rescue: last } }), state([phone])).runs).toEqual([]);
  });

  test("a run goes on that `again` lets begin after the last one here, and no other", () => {
    const merged = (again: JourneyDefinition["again"], last: number) => {
      const version = {
        ...definition,
        journeys: { rescue: { ...definition.journeys.rescue, ...(again && { again }) } },
      };
      const there = state([phone], { versions: { [phone.version]: version } });
      return merge(state([], { last: { rescue: last } }), there).runs;
    };
    expect(merged("always", T - 1)).toEqual([phone]);
    expect(merged("after 30d", T - 30 * 864e5)).toEqual([phone]);
    expect(merged("after 30d", T - 30 * 864e5 + 1)).toEqual([]);
    expect(merged("never", T - 400 * 864e5)).toEqual([]);
    expect(merged(undefined, T - 400 * 864e5)).toEqual([]);
  });

  test("a journey may have the name of what every object inherits", () => {
    const there = state([], { last: { constructor: T } as never, holds: { constructor: true } as never });
    const merged = merge(state([]), there);
    expect(JSON.parse(JSON.stringify(merged))).toMatchObject({
      last: { constructor: T },
      holds: { constructor: true },
    });
  });

  test("joining again changes nothing, and neither side is changed by it", () => {
    const [here, there] = [state([laptop], { sent: [{ journey: "rescue", at: T }] }), state([phone])];
    const before = structuredClone([here, there]);
    const once = merge(here, there);
    expect(merge(once, there)).toEqual(once);
    expect([here, there]).toEqual(before);
  });

  test("messages of both sides count for the caps, none twice", () => {
    const [first, second, third] = [T, T + 1, T + 2].map((at) => ({ journey: "rescue", at }));
    const merged = merge(state([], { sent: [second!, first!] }), state([], { sent: [second!, third!] }));
    expect(merged.sent).toEqual([first, second, third]);
    // Two steps of a journey may write at one instant.
    const twice = merge(state([], { sent: [first!, first!] }), state([], { sent: [first!] }));
    expect(twice.sent).toEqual([first, first]);
  });

  test("what holds on either side has been entered, and has been left where it holds on neither", () => {
    const merged = merge(
      state([], { holds: { rescue: true, farewell: true } }),
      state([], { holds: { rescue: false, farewell: false, welcome: true } }),
    );
    expect(merged.holds).toEqual({ rescue: true, farewell: false, welcome: true });
  });
});

test("a device on a journey and a customer on the same one: one run goes on, and tells the ads once", async () => {
  const [phone, laptop, customer] = [newDevice(), newDevice(), newDevice()];
  const consent = { analytics: true, personalization: true, marketing: true };
  const traits = { email: `${customer}@shop.example` };
  const named = { type: "identify", id: crypto.randomUUID(), timestamp: Date.now(), traits };
  const identity = await token(customer);
  // The customer leaves a cart on the laptop, signed in; and on the phone, where they have not, another one.
  const first = event("Product Added");
  await sync(laptop, [named, first], { identity, consent });
  await post("/v1/dev/clock", { device: laptop, advance: 3 * HOUR });
  await sync(phone, [event("Product Added", {}, first.timestamp + 1)], { consent });
  await post("/v1/dev/clock", { device: phone, advance: 3 * HOUR });
  const stub = profileOf("customer", customer);
  expect(await effectCalls(stub, "send")).toHaveLength(1);
  // They sign in on the phone as well.
  await sync(phone, [], { identity, sentAt: Date.now() + 3 * HOUR });
  const running = async () => {
    const answer = await fetchEdge("/v1/profile", { headers: { authorization: `Bearer ${identity}` } });
    return (await answer.json<{ journeys: { running: { journey: string; began: number }[] } }>()).journeys
      .running;
  };
  expect(await running()).toEqual([
    expect.objectContaining({ journey: "cart-rescue", began: first.timestamp + 2 * HOUR }),
  ]);
  await post("/v1/dev/clock", { device: laptop, advance: 30 * HOUR });
  expect(await running()).toEqual([]);
  expect(await effectCalls(stub, "send")).toHaveLength(1);
  expect(await effectCalls(stub, "webhook")).toHaveLength(1);
});

test("where a join is undone, nothing goes out any more of what began on the device, also of a run that is over", async () => {
  const [device, other, customer] = [newDevice(), newDevice(), newDevice()];
  const consent = { analytics: true, personalization: true, marketing: true };
  await sync(device, [event("Product Added")], { consent });
  await post("/v1/dev/clock", { device, advance: 3 * HOUR });
  const identity = await token(customer);
  for (const each of [device, other]) await sync(each, [], { identity, consent });
  const stub = profileOf("customer", customer);
  await post("/v1/dev/clock", { device, advance: 30 * HOUR });
  expect(await effectCalls(stub, "webhook")).toHaveLength(1);
  const headers = { authorization: `Bearer ${identity}` };
  const remove = (each: string) => fetchEdge(`/v1/profile/devices/${each}`, { method: "DELETE", headers });
  expect((await remove(other)).status).toBeLessThan(300);
  expect(await effectCalls(stub, "webhook")).toHaveLength(1);
  expect((await remove(device)).status).toBeLessThan(300);
  expect(await effectCalls(stub, "webhook")).toEqual([]);
});
