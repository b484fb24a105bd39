import fc from "fast-check";
import { compareEntries, type Entry } from "@murmur/core";
import type { KeptContribution } from "../../src/experiments/contribution.ts";
import type { Experiment } from "../../src/experiments/experiment.ts";

export const EXPERIMENTS: Readonly<Record<string, Experiment>> = {
  hero: {
    variants: [{ id: "control" }, { id: "bold" }],
    goal: { event: "Order Completed", value: "total" },
  },
  banner: {
    variants: [{ id: "control" }, { id: "short" }],
    goal: {
      event: ["Order Completed", "Signed Up"],
      where: { channel: "web" },
      value: "total",
      within: "1m",
    },
    holdout: 0.1,
  },
};

const properties = fc.oneof(
  fc.record(
    {
      total: fc.constantFrom(0.1, 0.2, 19.99, 1e12, -5, "no number", null),
      channel: fc.constantFrom("web", "shop"),
    },
    { requiredKeys: [] },
  ),
  fc.record({
    experiment_id: fc.constantFrom("hero", "banner", "unknown"),
    variation_id: fc.constantFrom("control", "bold", "short", "holdout", "unknown", 7),
  }),
);

/** Logs in which exposures and goals are mixed, some at one instant, in any order of arrival. */
export const logs: fc.Arbitrary<Entry[]> = fc
  .array(
    fc.record({
      name: fc.constantFrom("Experiment Viewed", "Order Completed", "Signed Up", "Page Viewed"),
      timestamp: fc.integer({ min: 0, max: 20 }).map((at) => 1_790_000_000_000 + at * 10_000),
      properties,
    }),
    { maxLength: 30 },
  )
  .map((events) =>
    events.map((event, at): Entry => ({ type: "event", id: `${(at * 7) % 31}-${at}`, ...event })),
  );

/** The same as `contributionsOf` says, word by word as the documentation has it: slow, in whole units. */
export function contributionsByTheBook(log: readonly Entry[]): Omit<KeptContribution, "goal" | "exposure">[] {
  const sorted = [...log].sort(compareEntries).flatMap((entry) => (entry.type === "event" ? [entry] : []));
  return Object.entries(EXPERIMENTS).flatMap(([experiment, { variants, goal }]) => {
    const arms = new Set<unknown>([...variants.map(({ id }) => id), "holdout"]);
    const first = sorted.findIndex(
      ({ name, properties }) =>
        name === "Experiment Viewed" &&
        properties?.["experiment_id"] === experiment &&
        arms.has(properties["variation_id"]),
    );
    if (first === -1) return [];
    const { timestamp, properties } = sorted[first]!;
    const conversions = sorted
      .slice(first + 1)
      .filter((event) => [goal.event].flat().includes(event.name))
      .filter((event) => !goal.where || event.properties?.["channel"] === "web")
      .filter((event) => !goal.within || event.timestamp < timestamp + 60_000);
    const units = conversions.map((event) => {
      const total = event.properties?.["total"];
      return typeof total === "number" ? BigInt(Math.round(total * 1e4)) : 0n;
    });
    return [
      {
        experiment,
        variant: properties!["variation_id"] as string,
        exposedAt: timestamp,
        conversions: conversions.length,
        value: Number(units.reduce((sum, each) => sum + each, 0n)),
      },
    ];
  });
}
