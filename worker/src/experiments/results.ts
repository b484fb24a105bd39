import { HOLDOUT } from "@murmur/core";
import type { Experiment } from "./experiment.ts";
import type { Arm, Estimate } from "./statistics/arm.ts";
import { fixedCriticalValue, studentCriticalValue } from "./statistics/critical-value.ts";
import { rateLift, valueLift } from "./statistics/lift.ts";
import { probabilityBest } from "./statistics/probability-best.ts";
import { BROKEN_BELOW, sampleRatio } from "./statistics/sample-ratio.ts";
import { armOf, emptyTally, worthOf, type Tally } from "./tally.ts";
import { ALPHA, NO_WINNER, sequentialLift, verdictOf, type NoWinner, type Verdict } from "./verdict.ts";

/** A lift against the control: 0.1 is 10 % more. An end that is null is not bounded by the data. */
export interface LiftResult {
  lift: number;
  /** Where it lies at a rate of 95 %, for one look at a time that was fixed before. */
  interval: [number | null, number | null];
}

/** What came of a variant. */
export interface VariantResult {
  id: string;
  name?: string;
  /** The share that the definition gives it. */
  weight: number;
  exposed: number;
  converted: number;
  conversions: number;
  /** Converted of exposed; null while nobody was. */
  rate: number | null;
  /** Of all its profiles; where the goal has a value. */
  value?: { total: number; perProfile: number | null };
  probabilityBest: number;
  /** Of the others than the control, where there is something to compare with. */
  rateLift?: LiftResult & {
    /** Where it lies at a rate of 95 % for all comparisons and all looks together: what a winner is called by. */
    sequential: [number | null, number | null];
  };
  valueLift?: LiftResult;
}

/** What came of an experiment. */
export interface ExperimentResult {
  experiment: string;
  name?: string;
  status: "draft" | "running" | "stopped";
  allocation: "fixed" | "bandit";
  control: string;
  goal: Experiment["goal"];
  variants: VariantResult[];
  /** Profiles that were held out; where there is a holdout. */
  heldOut?: { exposed: number; converted: number; rate: number | null };
  /** Whether profiles are divided by the weights. */
  sampleRatio: { result: "ok" | "broken" | "too_few" | "does_not_apply"; p: number | null };
  winner: string | null;
  /** Why there is no winner. */
  why?: { code: NoWinner; message: string };
}

/** The results of an experiment, of its tallies: those of variants that it no longer has count for nothing. */
export function resultOf(id: string, experiment: Experiment, tallies: readonly Tally[]): ExperimentResult {
  const { name, variants, goal, holdout, status = "running", allocation = "fixed" } = experiment;
  const tallyOf = (variant: string): Tally =>
    tallies.find((tally) => tally.variant === variant) ?? emptyTally(id, variant);
  const counted = variants.map((variant) => tallyOf(variant.id));
  const best = probabilityBest(counted.map(armOf));
  const split = splitOf(experiment, counted);
  const verdict = judge(experiment, counted, split);
  const { exposed, converted } = tallyOf(HOLDOUT);
  return {
    experiment: id,
    ...(name !== undefined && { name }),
    status,
    allocation,
    control: variants[0]!.id,
    goal,
    variants: counted.map((_tally, at) => ({
      ...variantResult(experiment, counted, at),
      probabilityBest: best[at]!,
    })),
    ...(holdout && { heldOut: { exposed, converted, rate: rateOf({ exposed, converted }) } }),
    sampleRatio: split,
    ...(verdict.winner === null
      ? { winner: null, why: { code: verdict.why, message: NO_WINNER[verdict.why] } }
      : verdict),
  };
}

/** The share of each variant, of a definition that need not say it. */
export function weightsOf({ variants }: Pick<Experiment, "variants">): number[] {
  return variants.map(({ weight }) => weight ?? 1 / variants.length);
}

function splitOf(experiment: Experiment, counted: readonly Tally[]): ExperimentResult["sampleRatio"] {
  if (experiment.allocation === "bandit") return { result: "does_not_apply", p: null };
  const exposed = counted.map((tally) => tally.exposed);
  const p = sampleRatio(exposed, weightsOf(experiment));
  if (p === undefined) return { result: "too_few", p: null };
  return { result: p < BROKEN_BELOW ? "broken" : "ok", p };
}

function judge(
  { status, allocation, goal, variants }: Experiment,
  counted: readonly Tally[],
  { result }: ExperimentResult["sampleRatio"],
): Verdict {
  if (status === "draft") return { winner: null, why: "draft" };
  if (allocation === "bandit") return { winner: null, why: "bandit" };
  if (result === "broken") return { winner: null, why: "split_broken" };
  return verdictOf(
    counted.map((tally, at) => ({
      id: variants[at]!.id,
      arm: armOf(tally),
      worth: goal.value === undefined ? undefined : worthOf(tally),
    })),
  );
}

function variantResult(
  experiment: Experiment,
  counted: readonly Tally[],
  at: number,
): Omit<VariantResult, "probabilityBest"> {
  const [control, tally] = [counted[0]!, counted[at]!];
  const { id, name } = experiment.variants[at]!;
  const { exposed, converted, conversions } = tally;
  const hasValue = experiment.goal.value !== undefined;
  const { mean } = worthOf(tally);
  return {
    id,
    ...(name !== undefined && { name }),
    weight: weightsOf(experiment)[at]!,
    exposed,
    converted,
    conversions,
    rate: rateOf(tally),
    ...(hasValue && {
      value: { total: Number(tally.value) / 1e4, perProfile: exposed > 0 ? mean : null },
    }),
    ...(at > 0 && liftsOf(control, tally, { hasValue, comparisons: counted.length - 1 })),
  };
}

function liftsOf(
  control: Tally,
  tally: Tally,
  { hasValue, comparisons }: { hasValue: boolean; comparisons: number },
): Pick<VariantResult, "rateLift" | "valueLift"> {
  const [below, above] = [armOf(control), armOf(tally)];
  const rate = rateLift(below, above, fixedCriticalValue(ALPHA));
  const sequential = sequentialLift(below, above, comparisons);
  const value = hasValue
    ? valueLift(worthOf(control), worthOf(tally), (profiles) => studentCriticalValue(ALPHA, profiles))
    : undefined;
  return {
    ...(rate && sequential && { rateLift: { ...liftResult(rate), sequential: ends(sequential) } }),
    ...(value && { valueLift: liftResult(value) }),
  };
}

function liftResult(estimate: Estimate): LiftResult {
  return { lift: estimate.value, interval: ends(estimate) };
}

/** JSON knows no Infinity. */
function ends({ interval }: Estimate): [number | null, number | null] {
  const [lower, upper] = interval.map((end) => (Number.isFinite(end) ? end : null));
  return [lower ?? null, upper ?? null];
}

function rateOf({ exposed, converted }: Arm): number | null {
  return exposed > 0 ? converted / exposed : null;
}
