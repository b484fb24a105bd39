import { expect, test } from "vitest";
import { carryOver, compile, SnapshotError, stateNames, type Definition } from "../src/index.ts";

const T = 1_790_000_000_000;

function program(segments: Definition["segments"], measures: Definition["measures"] = {}) {
  return compile({ segments, measures });
}

const loyal = { count: "Order Completed", gte: 3 } as const;
const vip = { trait: { tier: "vip" } } as const;

/** A profile with three orders and a trait, as it is kept when its log is gone. */
function kept(segments: Definition["segments"], measures?: Definition["measures"]) {
  const made = program(segments, measures);
  const profile = made.profile();
  for (const at of [1, 2, 3])
    profile.record({ id: `o${at}`, name: "Order Completed", timestamp: T + at, properties: { total: at } });
  profile.identify({ id: "i", timestamp: T + 4, traits: { tier: "vip", gone: null } });
  const snapshot = profile.snapshot();
  return { profile, snapshot, names: stateNames(made, snapshot) };
}

test("P15 under the same definition a snapshot stays as it is", () => {
  const { profile, snapshot, names } = kept({ loyal, vip });
  expect(carryOver(program({ loyal, vip }), snapshot, names)).toEqual(profile.snapshot());
});

test("P15 P16 what another definition computes as well goes on, wherever it stands there", () => {
  const { snapshot, names } = kept({ loyal, vip });
  const other = program({ a: { count: "Page Viewed", gte: 1 }, b: { not: vip }, c: loyal, d: vip });
  const profile = other.profile(carryOver(other, snapshot, names));
  expect([profile.clock, profile.segments(), profile.traits()]).toEqual([T + 4, ["c", "d"], { tier: "vip" }]);
  profile.record({ id: "p", name: "Page Viewed", timestamp: T + 5 });
  expect(profile.segments()).toEqual(["a", "c", "d"]);
});

test("P15 what is new begins with nothing; so does what must now be told more closely", () => {
  const { snapshot, names } = kept({ loyal });
  const other = program({
    loyal,
    more: { count: "Order Completed", gte: 5 },
    spent: { sum: "total", of: "Order Completed", gte: 1 },
  });
  const profile = other.profile(carryOver(other, snapshot, names));
  expect(profile.segments()).toEqual([]);
  for (const at of [5, 6, 7])
    profile.record({ id: `o${at}`, name: "Order Completed", timestamp: T + at, properties: { total: at } });
  expect(profile.segments()).toEqual(["loyal", "spent"]);
});

test("P15 P8 a measure that is kept exactly is another than one that is only compared", () => {
  const exact = { orders: { count: "Order Completed" } } as const;
  const { snapshot, names } = kept({ loyal }, exact);
  const same = program({ loyal, vip }, exact);
  expect(same.profile(carryOver(same, snapshot, names)).measure("orders")).toBe(3);
  const compared = program({ loyal });
  expect(compared.profile(carryOver(compared, snapshot, names)).segments()).toEqual([]);
});

test("P7 P15 a snapshot that was changed is refused", () => {
  const { snapshot, names } = kept({ loyal });
  for (const damaged of [{ ...snapshot, clock: 1 }, { ...snapshot, states: [] }, {} as never])
    expect(() => carryOver(program({ loyal }), damaged, names)).toThrow(SnapshotError);
});
