import fc from "fast-check";
import { expect, test } from "vitest";
import {
  compile,
  load,
  manifestOf,
  PLAN_VERSION,
  PlanError,
  type Definition,
  type Manifest,
} from "../src/index.ts";
import { definition } from "./kit/arbitraries.ts";
import { event } from "./kit/entries.ts";

const written: Definition = {
  segments: { keen: { count: "Product Viewed", within: "7d", gte: 2 } },
  private: ["Test Bought"],
};

/** A manifest as it comes to a device. */
function sent(from: Definition): Manifest {
  return JSON.parse(JSON.stringify(manifestOf(from))) as Manifest;
}

test("D16 a plan is plain JSON, whatever the definition", () => {
  fc.assert(
    fc.property(definition, (any) => {
      const { plan } = manifestOf(any);
      expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan);
      expect(plan).toStrictEqual(compile(any).plan);
    }),
  );
});

test("D16 what is loaded answers as what was compiled, and their snapshots are one another's", () => {
  const [device, edge] = [load(sent(written)), compile(written)];
  expect(device.hash).toBe(edge.hash);
  const profile = device.profile();
  profile.record(event("Product Viewed", 0));
  const other = edge.profile(profile.snapshot());
  for (const each of [profile, other])
    expect(each.record(event("Product Viewed", 1))).toEqual([{ segment: "keen", change: "entered", at: 1 }]);
  expect(other.snapshot()).toEqual(profile.snapshot());
});

test.for([0, PLAN_VERSION + 1, undefined, String(PLAN_VERSION)])(
  "D17 a plan of version %j is refused, and it is said what to do",
  (version) => {
    const { hash, plan } = sent(written);
    const other = { hash, plan: { ...plan, version } } as Manifest;
    expect(() => load(other)).toThrow(PlanError);
    expect(() => load(other)).toThrow("plan_unknown: load the tag anew");
  },
);

test("D16 what is written twice stands once in a plan, and what reads the context behind what every profile keeps", () => {
  const view = { count: "Product Viewed", gte: 1 } as const;
  const mobile = { context: { device: "mobile" } } as const;
  const { plan } = manifestOf({
    segments: { a: { all: [view, mobile] }, b: { any: [mobile, view] }, c: view, d: mobile },
  });
  expect([plan.operators.length, plan.nodes.length, plan.kept]).toEqual([2, 4, 1]);
});
