import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lifecycle } from "../../src/index.ts";
import { compile, type EventEntry } from "../../src/index.ts";
import { DAY, identify } from "../kit/entries.ts";
import { follow } from "./follow.ts";
import { histories } from "./histories.ts";

const numRuns = Number(process.env["MURMUR_RUNS"] ?? 500);
const timeout = Math.max(20_000, numRuns * 100);

/** The stage by the table of `lifecycle`, straight from the events. */
function stage(taken: readonly EventEntry[], now: number): string {
  const orders = taken.filter(({ name }) => name === "Order Completed");
  const last = (orders.length > 0 ? orders : taken.filter(({ name }) => name !== "Email Opened")).at(-1);
  const days = last ? (now - last.timestamp) / DAY : 0;
  if (days >= 180) return "dormant";
  if (orders.length === 0) return "new-visitor";
  if (days >= 90) return "at-risk";
  if (orders.length === 1) return "first-time-buyer";
  return orders.length < 4 ? "active" : "loyal";
}

describe("lifecycle", () => {
  test("U5 U6 has everybody in exactly one stage at every instant, the one of its table", { timeout }, () => {
    const history = histories(["Order Completed", "Order Completed", "Page Viewed", "Email Opened"]);
    fc.assert(
      fc.property(history, (history) => {
        follow(lifecycle(), history, (profile, taken) =>
          expect(profile.segments()).toEqual([`lifecycle-${stage(taken, profile.clock!)}`]),
        );
      }),
      { numRuns },
    );
  });

  test("U5 has who never did anything among the new visitors", () => {
    const profile = compile(lifecycle()).profile();
    profile.identify(identify(0, { tier: "vip" }));
    profile.advance(1_000 * DAY);
    expect(profile.segments()).toEqual(["lifecycle-new-visitor"]);
  });

  test("U6 goes from stage to stage at the very instant", () => {
    const profile = compile(lifecycle()).profile();
    profile.record({ id: "1", name: "Order Completed", timestamp: 0 });
    expect(profile.advance(1_000 * DAY)).toEqual([
      { segment: "lifecycle-at-risk", change: "entered", at: 90 * DAY },
      { segment: "lifecycle-first-time-buyer", change: "exited", at: 90 * DAY },
      { segment: "lifecycle-at-risk", change: "exited", at: 180 * DAY },
      { segment: "lifecycle-dormant", change: "entered", at: 180 * DAY },
    ]);
  });
});
