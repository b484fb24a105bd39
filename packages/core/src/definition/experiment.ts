import type { Filter } from "../filter/filter.ts";
import type { Condition } from "./condition.ts";
import type { Duration } from "./duration.ts";
import type { Schedule } from "./schedule.ts";
import type { SlotContent } from "./slot.ts";

export interface ExperimentVariant {
  /** Unique within the experiment, and not `holdout`. */
  id: string;
  /** For people: `variation_name` of `Experiment Viewed`. */
  name?: string;
  /** Its share, 0 to 1; all of them come to 1. Without any, shares are equal. */
  weight?: number;
  /** Shown in place of what the slot decides; without it, what the slot decides is shown. */
  content?: SlotContent;
}

/** What an experiment is judged by: the events that count as a conversion, and what one is worth. */
export interface ExperimentGoal {
  event: string | readonly string[];
  where?: Filter;
  /** A dotted path of the event's properties: the number there is added up. */
  value?: string;
  /** Only conversions so soon after the first exposure count. */
  within?: Duration;
}

/** Any name. The empty one, which no slot has, is there so that types of definitions keep the one that is written. */
export type SlotReference = "" | (string & {});

export interface ExperimentDefinition {
  /** For people: `experiment_name` of `Experiment Viewed`. */
  name?: string;
  description?: string;
  /** Who takes part; everybody without it. */
  audience?: Condition;
  /** The slot that it decides, wherever that is evaluated. */
  slot: SlotReference;
  /** Two or more; the first is the control. */
  variants: readonly ExperimentVariant[];
  /** What it is judged by; without one, only who has seen what is known. */
  goal?: ExperimentGoal;
  /** The share of those who would take part, 0 to below 1, that is shown the slot without the experiment, and counted so. */
  holdout?: number;
  /** The share of the audience, 0 to 1, that takes part; 1 without it. */
  coverage?: number;
  /** `fixed` (the default): shares are the weights. `bandit`: they follow the results. */
  allocation?: "fixed" | "bandit";
  /** What assignment is hashed with: the experiment's id without it. Another one deals anew. */
  seed?: string;
  /** GrowthBook's second bucketing, the only one there is. */
  hashVersion?: 2;
  /** Experiments of one group whose ranges do not overlap exclude each other: each has its part [from, to) of 0 to 1. */
  group?: { name: string; range: readonly [number, number] };
  /** `draft` and `stopped` show nothing; `running` is the default. */
  status?: "draft" | "running" | "stopped";
  schedule?: Schedule;
}

/** The variant of who is held out of an experiment. */
export const HOLDOUT = "holdout";

/** What a profile can be assigned to, in order: the variants, then, where there is a holdout, that. */
export function armsOf({ variants, holdout }: ExperimentDefinition): string[] {
  return [...variants.map(({ id }) => id), ...(holdout ? [HOLDOUT] : [])];
}

export function isRunning({ status = "running" }: ExperimentDefinition): boolean {
  return status === "running";
}
