import { describe, expect, test } from "vitest";
import { event, newDevice, sync, token, viewed } from "./kit/call.ts";

/** An object that nests so deep. */
function nested(levels: number): object {
  let value = {};
  for (let level = 0; level < levels; level++) value = { a: value };
  return value;
}

describe("POST /v1/sync", () => {
  test("takes entries into the profile and answers with its segments and slots", async () => {
    const device = newDevice();
    const shoes = Array.from({ length: 4 }, () => viewed());
    const answer = await sync(device, shoes, { slots: ["hero", "banner", "unheard-of"] });
    expect(answer).toMatchObject({ accepted: 4, duplicates: 0, rejected: [], shift: 0 });
    expect(answer.segments).toContain("running-shoe-intent");
    expect(answer.slots["hero"]?.variant).toBe("running");
    expect(answer.slots).not.toHaveProperty("banner");
    expect(answer.manifest).toMatch(/^[0-9a-f]{16}$/);
  });

  test("counts an entry once, however often it is delivered", async () => {
    const device = newDevice();
    const shoe = viewed();
    await sync(device, [shoe, shoe]);
    const again = await sync(device, [shoe, shoe, shoe, shoe]);
    expect(again).toMatchObject({ accepted: 0, duplicates: 4 });
    expect(again.segments).not.toContain("running-shoe-intent");
  });

  test("keeps the good entries of a batch and names each bad one with its reason", async () => {
    const device = newDevice();
    const good = viewed();
    const answer = await sync(device, [
      good,
      { ...viewed(), id: "no-name", name: undefined },
      { ...viewed(), id: "half-a-millisecond", timestamp: Date.now() + 0.5 },
      { ...event("X", { text: "x".repeat(17_000) }), id: "huge" },
      { ...event("X", { a: { a: { a: { a: { a: { a: { a: { a: { a: 1 } } } } } } } } }), id: "deep" },
      { ...event("X", nested(2_000)), id: "deepest" },
      { ...viewed("running-shoes", Date.now() - 401 * 864e5), id: "old" },
      "not an object",
      null,
    ]);
    expect(answer.accepted).toBe(1);
    expect(answer.rejected.map(({ id, reason }) => [id, reason])).toEqual([
      ["no-name", "invalid"],
      ["half-a-millisecond", "invalid"],
      ["huge", "too_large"],
      ["deep", "too_large"],
      ["deepest", "too_large"],
      [null, "invalid"],
      [null, "invalid"],
      ["old", "too_old"],
    ]);
    const known = await sync(device);
    expect(known.entries.map(({ id }) => id)).toEqual([good.id]);
  });
});

describe("the clock of a device", () => {
  test("shifts a batch from a clock that is hours off, and says by how much", async () => {
    const device = newDevice();
    const wrong = Date.now() + 5 * 36e5;
    const [early, late] = [viewed("running-shoes", wrong - 60_000), viewed("running-shoes", wrong)];
    const answer = await sync(device, [early, late], { sentAt: wrong });
    expect(answer.shift).toBeGreaterThan(-5 * 36e5 - 1_000);
    expect(answer.shift).toBeLessThan(-5 * 36e5 + 60_000);
    expect(answer.timestamps).toEqual({
      [early.id]: early.timestamp + answer.shift,
      [late.id]: late.timestamp + answer.shift,
    });
    const instants = Object.fromEntries(
      (await sync(device)).entries.map(({ id, timestamp }) => [id, timestamp]),
    );
    expect(instants).toEqual(answer.timestamps);
  });

  test("lets nothing lie in the future, and tells the device the instant that it took", async () => {
    const device = newDevice();
    const ahead = viewed("running-shoes", Date.now() + 3_000);
    const answer = await sync(device, [ahead]);
    expect(answer.shift).toBe(0);
    expect(answer.timestamps[ahead.id]).toBeLessThanOrEqual(Date.now());
    // Delivered again, the first instant holds.
    expect((await sync(device, [ahead])).timestamps).toEqual(answer.timestamps);
  });

  test("a clock that is a little ahead is set right as a whole, so that what came first stays first", async () => {
    const device = newDevice();
    const ahead = Date.now() + 5_000;
    const pair = [event("Product Added", {}, ahead - 2), event("Order Completed", {}, ahead - 1)];
    const answer = await sync(device, pair, { sentAt: ahead });
    expect(answer.shift).toBeLessThan(0);
    const [added, ordered] = pair.map(({ id }) => answer.timestamps[id] as number);
    expect(ordered).toBe((added as number) + 1);
  });
});

describe("what comes down", () => {
  test("an entry that the device has lost comes back to it, whatever its cursor", async () => {
    const device = newDevice();
    const kept = await sync(device, [viewed()]);
    // Sent as the page was closed: nobody has read the answer.
    const lost = viewed();
    await sync(device, [lost]);
    const next = await sync(device, [], { log: kept.log, cursor: kept.cursor });
    expect(next.entries.map(({ id }) => id)).toEqual([lost.id]);
  });

  test("gives a device what its log gained elsewhere, from its cursor on, cut to what it reads", async () => {
    const device = newDevice();
    const first = await sync(device, [viewed()]);
    const second = await sync(device, [event("Newsletter Read", { mail: "x" }), viewed()], {
      log: first.log,
      cursor: first.cursor,
    });
    expect(second.entries).toEqual([]);
    expect(second.cursor).toBe(3);
    const wiped = await sync(device);
    expect(wiped.entries.map(({ name, properties }) => [name, properties])).toEqual([
      ["Product Viewed", { category: "running-shoes" }],
      ["Product Viewed", { category: "running-shoes" }],
    ]);
  });

  test("does not trust a cursor that counts in another log", async () => {
    const device = newDevice();
    await sync(device, [viewed(), viewed()]);
    expect((await sync(device, [], { log: "another", cursor: 2 })).entries).toHaveLength(2);
  });

  test("does not trust a cursor that this log never gave", async () => {
    const device = newDevice();
    const { log } = await sync(device, [viewed(), viewed()]);
    const ahead = await sync(device, [], { log, cursor: 1_000 });
    expect([ahead.entries.length, ahead.cursor]).toEqual([2, 2]);
    const next = viewed();
    const furthest = await sync(device, [next], { log, cursor: Number.MAX_SAFE_INTEGER });
    expect([furthest.entries.length, furthest.cursor]).toEqual([2, 3]);
  });

  test("comes down in pages when there is much", async () => {
    const device = newDevice();
    const batch = () => Array.from({ length: 300 }, () => viewed("jackets"));
    await sync(device, batch());
    // No more from one device a minute: the rest is from another of the same customer.
    const identity = await token(device);
    await sync(device, batch(), { identity });
    await sync(newDevice(), batch(), { identity });
    let page = await sync(device);
    const ids = new Set(page.entries.map(({ id }) => id));
    while (page.more) {
      page = await sync(device, [], { log: page.log, cursor: page.cursor });
      for (const { id } of page.entries) ids.add(id);
    }
    expect(page.cursor).toBe(900);
    expect(ids.size).toBe(900);
  });
});
