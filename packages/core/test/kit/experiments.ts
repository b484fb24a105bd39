import {
  bucketOf,
  compile,
  decide,
  type DecideOptions,
  type Definition,
  type ExperimentDefinition,
  type Profile,
  type SlotDecision,
} from "../../src/index.ts";
import { event } from "./entries.ts";

export const units = Array.from({ length: 2_000 }, (_none, at) => `unit-${at}`);
export const BOLD = { title: "Bold" };
export const slots = {
  hero: {
    variants: [{ id: "buyer", when: { count: "Order Completed", gte: 1 }, content: { title: "Thank you" } }],
    fallback: { content: { title: "Welcome" } },
  },
  bare: { variants: [] },
} as const;

export function experiment(more: Partial<ExperimentDefinition> = {}): ExperimentDefinition {
  return { slot: "hero", variants: [{ id: "control" }, { id: "bold", content: BOLD }], ...more };
}

export function shop(experiments: Definition["experiments"], more: Partial<Definition> = {}) {
  const program = compile({ segments: {}, slots, experiments, ...more });
  const shown = (profile: Profile, unit?: string, options: DecideOptions = {}): SlotDecision | undefined =>
    decide(program, profile, { unit, names: ["hero"], ...options })["hero"];
  return {
    program,
    shown,
    profile(...events: Parameters<Profile["record"]>[0][]): Profile {
      const profile = program.profile();
      profile.advance(0);
      for (const each of events) profile.record(each);
      return profile;
    },
    /** How many of the units come to what. */
    dealt(profile: Profile, options: DecideOptions = {}): Record<string, number> {
      const counts: Record<string, number> = {};
      for (const unit of units) {
        const arm = shown(profile, unit, options)?.experiment?.variant ?? "none";
        counts[arm] = (counts[arm] ?? 0) + 1;
      }
      return counts;
    },
  };
}

/** As the tag records it. */
export function viewed(experiment_id: string, variation_id: string, timestamp: number) {
  return event("Experiment Viewed", timestamp, { experiment_id, variation_id });
}

/** A unit that an experiment of even weights, under its own id, gives a variant. */
export function unitOf(seed: string, variant: 0 | 1): string {
  return units.find((unit) => Math.floor(bucketOf(seed, unit) * 2) === variant)!;
}
