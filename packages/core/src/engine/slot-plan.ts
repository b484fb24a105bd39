import type { SlotContent } from "../definition/slot.ts";
import type { MurmurEvent } from "../log/entry.ts";
import type { TextPlan } from "./text-plan.ts";

/** An event to record, under an id and a timestamp of the recorder's, once a decision was really shown. */
export type Exposure = Required<Pick<MurmurEvent, "name" | "properties">>;

/** When something may be decided: `from <= t < to`, ms; an end that is left out is always open. */
export interface OpenPlan {
  from?: number;
  to?: number;
}

/** What a slot can show, made ready. Conditions are nodes, by their position. */
export interface SlotPlan extends OpenPlan {
  /** Whether its own caps are not used up. */
  free: number;
  variants: readonly VariantPlan[];
  fallback?: ShownPlan;
  /** In the order in which they decide it. */
  experiments?: readonly ExperimentPlan[];
  /** Whether it has experiments, or values in some text: what it shows without is not all. */
  refined?: true;
  /** How long after it came on the page it may still be filled, ms. */
  timeout?: number;
}

/** A decision before its texts are filled in. */
export interface ShownPlan {
  variant: string | null;
  content: SlotContent;
  why: string;
  segment?: string;
  exposures?: readonly Exposure[];
  /** The texts of the content that have values in them. */
  texts?: readonly TextPlan[];
}

export interface VariantPlan extends OpenPlan {
  /** Its `when`, with its caps. */
  when: number;
  shown: ShownPlan;
}

export interface ExperimentPlan extends OpenPlan {
  id: string;
  audience: number;
  /** Whether another experiment of its group came first. */
  elsewhere: number;
  /** Whether an exposure is recorded in the current session. */
  viewed: number;
  /** Its variants, and, where there is a holdout, that. */
  arms: readonly ArmPlan[];
  seed: string;
  /** Of its variants; equal ones without. */
  weights?: readonly number[];
  coverage?: number;
  holdout?: number;
  group?: { name: string; range: readonly [number, number] };
}

export interface ArmPlan {
  id: string;
  /** Whether the first exposure was to it. */
  exposed: number;
  /** In place of what the slot shows. */
  shown?: ShownPlan;
  exposure: Exposure;
}
