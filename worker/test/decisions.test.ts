import { compile, exposuresOf, readsOf, type Entry } from "@murmur/core";
import { describe, expect, test } from "vitest";
import { ProfileKeeper } from "../src/profile/profile-keeper.ts";
import { sync, type SyncAnswer, type SyncCall } from "../src/profile/sync.ts";
import { unitOf } from "../src/profile/unit-of.ts";
import { memoryLogStore } from "./kit/memory-log-store.ts";
import { newDevice, sync as syncOverHttp, token, viewed } from "./kit/call.ts";

const NOW = Date.parse("2026-11-25T12:00:00Z");
const CLOSES = Date.parse("2026-11-27T00:00:00Z");

const program = compile({
  segments: {},
  slots: {
    hero: {
      variants: [
        {
          id: "rescue",
          when: { count: "Product Added", gte: 1 },
          content: { title: "{{ traits.firstName | there }}, your cart" },
        },
      ],
      cap: { variant: "rescue", max: 2, within: "7d" },
      schedule: { to: "2026-11-27T00:00:00Z" },
    },
    banner: { variants: [] },
  },
  experiments: {
    copy: { slot: "banner", variants: [{ id: "control" }, { id: "bold", content: { title: "Bold" } }] },
  },
});

/** A profile at the edge, with a store of its own. */
function profile() {
  const store = memoryLogStore();
  const keeper = new ProfileKeeper(program, store);
  let made = 0;
  return {
    store,
    call(entries: Entry[] = [], more: Partial<SyncCall> = {}, now = NOW): SyncAnswer {
      const devices = { hash: program.hash, reads: readsOf(program), program: () => program };
      const context = { program, devices, store, keeper, now };
      const consent = { analytics: true, personalization: true, marketing: true };
      const slots = ["hero", "banner"];
      return sync(context, {
        device: "d",
        sentAt: now,
        cursor: 0,
        entries,
        slots,
        consent,
        unit: "u",
        ...more,
      });
    },
    entry(name: string, properties: object = {}, timestamp = NOW): Entry {
      return { type: "event", id: `e${made++}`, name, timestamp, properties: properties as never };
    },
  };
}

describe("what /v1/sync decides", () => {
  test("has texts filled in, when a schedule closes, and what experiments assign by", () => {
    const { call, entry } = profile();
    const answer = call([
      entry("Product Added"),
      { type: "identify", id: "i", timestamp: NOW, traits: { firstName: "Ada" } },
    ]);
    expect(answer.slots["hero"]).toMatchObject({ variant: "rescue", content: { title: "Ada, your cart" } });
    expect(answer).toMatchObject({ unit: "u", nextDecision: CLOSES });
    expect(answer).not.toHaveProperty("allocations");
    const later = call([], {}, CLOSES);
    expect(later.slots).not.toHaveProperty("hero");
    expect(later).not.toHaveProperty("nextDecision");
  });

  test("counts what was shown by what is recorded of it, once however often it is delivered", () => {
    const { call, entry } = profile();
    let { slots } = call([entry("Product Added")]);
    for (const shown of [1, 2]) {
      const exposures = exposuresOf(slots["hero"]!).map(({ name, properties }) => entry(name, properties));
      expect(exposures).toHaveLength(1);
      call(exposures);
      ({ slots } = call(exposures));
      expect("hero" in slots).toBe(shown < 2);
    }
    expect(call([], {}, NOW + 6 * 864e5).slots).not.toHaveProperty("hero");
  });

  test("deals by the unit, or as it was shown before on whichever device", () => {
    const { call, entry } = profile();
    call([entry("Page Viewed")]);
    const arms = new Set(
      Array.from({ length: 20 }, (_none, at) => {
        const { slots } = call([], { unit: `unit-${at}` });
        return slots["banner"]!.experiment!.variant;
      }),
    );
    expect([...arms].sort()).toEqual(["bold", "control"]);
    call([entry("Experiment Viewed", { experiment_id: "copy", variation_id: "bold" })]);
    for (let at = 0; at < 20; at++)
      expect(call([], { unit: `unit-${at}` }).slots["banner"]).toMatchObject({
        variant: "bold",
        experiment: { id: "copy", variant: "bold", viewed: true },
      });
  });

  test("passes on the shares of a bandit, and deals by them", () => {
    const { call, entry } = profile();
    call([entry("Page Viewed")]);
    for (const shares of [
      [1, 0],
      [0, 1],
    ]) {
      const answer = call([], { allocations: { copy: shares } });
      expect(answer.allocations).toEqual({ copy: shares });
      expect(answer.slots["banner"]!.experiment!.variant).toBe(shares[0] === 1 ? "control" : "bold");
    }
  });

  test("tells nothing of it to who has not allowed to be known", () => {
    const { call, entry } = profile();
    const answer = call([entry("Product Added")], { consent: { analytics: true, personalization: false } });
    expect(answer.slots).toEqual({});
    for (const key of ["unit", "nextDecision", "nextChange"]) expect(answer).not.toHaveProperty(key);
  });
});

describe("what experiments assign by", () => {
  test("is a device's id; of a customer something that does not tell the id", async () => {
    expect(await unitOf({ kind: "device", id: "abc" })).toBe("abc");
    const unit = await unitOf({ kind: "customer", id: "ada@example.com" });
    expect(unit).toMatch(/^[0-9a-f]{32}$/);
    expect(await unitOf({ kind: "customer", id: "ada@example.com" })).toBe(unit);
    expect(await unitOf({ kind: "customer", id: "bob@example.com" })).not.toBe(unit);
  });

  test("is told to a customer's device, which need not learn the id", async () => {
    const [customer, device] = [newDevice(), newDevice()];
    expect(await syncOverHttp(device, [viewed()])).toMatchObject({ unit: device });
    const answer = await syncOverHttp(device, [viewed()], { identity: await token(customer) });
    expect(answer).toMatchObject({ unit: await unitOf({ kind: "customer", id: customer }) });
    expect(JSON.stringify(answer)).not.toContain(customer);
  });
});
