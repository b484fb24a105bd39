import {
  compile,
  cutEntry,
  deviceDefinition,
  edgeDefinition,
  loadExplained,
  loadWithJourneys,
  manifestOf,
  load,
  readsOf,
  rebuild,
  type Definition,
  type Entry,
  type Snapshot,
} from "@murmur/core";
import { describe, expect, test } from "vitest";
import type { HandedDown, OnDevices } from "../src/profile/hand-down.ts";
import type { LogStore } from "../src/profile/log-store.ts";
import { ProfileKeeper } from "../src/profile/profile-keeper.ts";
import { removeEntries } from "../src/profile/remove-device.ts";
import { sync, type SyncAnswer } from "../src/profile/sync.ts";
import { memoryLogStore } from "./kit/memory-log-store.ts";

const T = 1_790_000_000_000;
const DAY = 864e5;

const written: Definition = {
  segments: {
    regular: { count: "Order Completed", gte: 2 },
    "here-alone": { when: { count: "Product Viewed", gte: 3 }, evaluate: "device" },
    "there-alone": { when: { count: "Refund Issued", gte: 1 }, evaluate: "edge" },
    decided: { sequence: ["Product Viewed", "Order Completed"] },
    vip: { trait: { tier: "vip" } },
  },
  measures: { spent: { sum: "total", of: "Order Completed" } },
  // It asks for more of the same count than devices do: an operator of its own kind at the edge.
  journeys: {
    thanks: {
      enter: { count: "Order Completed", gte: 7 },
      steps: [{ webhook: "crm" }],
    },
  },
};

/** A definition as the worker has it. */
function partsOf(definition: Definition) {
  compile(definition);
  const part = deviceDefinition(definition);
  const manifest = manifestOf(part);
  const devices: OnDevices = {
    hash: manifest.hash,
    reads: readsOf(manifest),
    program: () => loadExplained(part),
  };
  return { program: loadWithJourneys(edgeDefinition(definition)), devices, manifest };
}

const happened = (id: string, name: string, timestamp: number, properties = {}): Entry => ({
  type: "event",
  id,
  name,
  timestamp,
  properties,
});

const YOUTH: Entry[] = [
  { type: "identify", id: "who", timestamp: T, traits: { tier: "vip", email: "ada@example.com" } },
  happened("v1", "Product Viewed", T + 1),
  happened("v2", "Product Viewed", T + 2),
  happened("o1", "Order Completed", T + 3, { total: 20 }),
  happened("r1", "Refund Issued", T + 4),
];
/** After the fold. */
const LATE: Entry[] = [
  happened("v3", "Product Viewed", T + 300 * DAY),
  happened("o2", "Order Completed", T + 300 * DAY + 1, { total: 30 }),
];
const NOW = T + 402 * DAY;

function edge(definition = written, store: LogStore = memoryLogStore()) {
  const parts = partsOf(definition);
  const keeper = new ProfileKeeper(parts.program, store, undefined, undefined, parts.devices.program);
  return {
    ...parts,
    store,
    keeper,
    ask(device: string, entries: Entry[], now: number, folded?: string): SyncAnswer {
      const consent = { analytics: true, personalization: true, marketing: true };
      const call = { device, sentAt: now, cursor: 0, entries, slots: [], consent, unit: "u", folded };
      return sync({ program: parts.program, devices: parts.devices, store, keeper, now }, call);
    },
  };
}

/** A profile whose youth is folded, with what came later; its first answers. */
function grown() {
  const at = edge();
  at.ask("phone", YOUTH, T + 5);
  at.ask("phone", LATE, T + 300 * DAY + 2);
  return at;
}

const asText = (value: unknown): string => JSON.stringify(value);

/** What a new device comes to, by what it was handed. */
function onDevice({ manifest }: ReturnType<typeof partsOf>, answer: SyncAnswer, base?: Snapshot) {
  const { profile } = rebuild(load(manifest), answer.entries, NOW, [], base);
  return { segments: profile.segments(), spent: profile.measure("spent") };
}

describe("a device whose log's oldest part was folded", () => {
  test("is handed down what it was folded into: its profile is what the whole log says", () => {
    const at = grown();
    const answer = at.ask("laptop", [], NOW);
    expect(answer.entries.map(({ id }) => id)).toEqual(["v3", "o2"]);
    const { at: upTo, snapshot } = answer.checkpoint as HandedDown;
    expect(upTo).toBe(NOW - 400 * DAY);
    const whole = [...YOUTH, ...LATE].flatMap((entry) => cutEntry(entry, at.devices.reads) ?? []);
    const { profile } = rebuild(load(at.manifest), whole, NOW, []);
    expect(onDevice(at, answer, snapshot)).toEqual({
      segments: profile.segments(),
      spent: profile.measure("spent"),
    });
    // What devices alone evaluate among it, and what journeys ask more of than devices do.
    expect(profile.segments()).toEqual(["decided", "here-alone", "regular", "vip"]);
    expect(onDevice(at, answer).segments).toEqual(["decided"]);
  });

  test("is handed it once, and again after the next fold, or under another definition", () => {
    const at = grown();
    const { name } = at.ask("laptop", [], NOW).checkpoint as HandedDown;
    expect(at.ask("laptop", [], NOW + 1, name)).not.toHaveProperty("checkpoint");
    const other = edge(
      { segments: { ...written.segments, big: { sum: "total", of: "Order Completed", gte: 50 } } },
      at.store,
    );
    const under = other.ask("laptop", [], NOW + 2, name);
    expect((under.checkpoint as HandedDown).snapshot?.definition).toBe(other.manifest.hash);
    expect(onDevice(other, under, (under.checkpoint as HandedDown).snapshot).segments).toContain("regular");
    const later = at.ask("laptop", [], NOW + 302 * DAY, name).checkpoint as HandedDown;
    expect(later.name).not.toBe(name);
    expect(later.at).toBe(NOW + 302 * DAY - 400 * DAY);
  });

  test("has no trait handed down that devices do not read", () => {
    const at = grown();
    const text = asText(at.ask("laptop", [], NOW));
    expect(text).toContain("vip");
    expect(text).not.toContain("ada@example.com");
  });

  test("is told when it has gone, with a device whose part in it cannot be told apart", () => {
    const at = grown();
    const { name } = at.ask("laptop", [], NOW).checkpoint as HandedDown;
    removeEntries(at, "phone", NOW + 1, () => at.store.removeDevice("phone"));
    const answer = at.ask("laptop", [], NOW + 2, name);
    expect(answer.checkpoint).toEqual({ name: expect.any(String), at: NOW - 400 * DAY });
    expect(answer.segments).toEqual([]);
  });

  test("goes on from nothing in a log that was never folded", () => {
    const young = edge();
    expect(young.ask("laptop", [], NOW)).not.toHaveProperty("checkpoint");
    expect(young.ask("laptop", [], NOW, "of another log").checkpoint).toBeNull();
  });

  test("is handed nothing without consent", () => {
    const at = grown();
    const call = { device: "laptop", sentAt: NOW, cursor: 0, entries: [], slots: [], unit: "u" };
    at.ask("phone", [], NOW);
    const { program, devices, store, keeper } = at;
    const answer = sync({ program, devices, store, keeper, now: NOW }, { ...call, consent: {} });
    expect(answer).not.toHaveProperty("checkpoint");
    expect(answer.entries).toEqual([]);
  });
});
