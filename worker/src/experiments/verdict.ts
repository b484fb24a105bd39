import type { Arm, Estimate, Worth } from "./statistics/arm.ts";
import { sequentialCriticalValue, studentCriticalValue } from "./statistics/critical-value.ts";
import { convertsMore, isWorthMore, rateLift } from "./statistics/lift.ts";

/** The rate at which an experiment without any difference may be given a winner, however often it is looked at. */
export const ALPHA = 0.05;

/** Why an experiment has no winner. */
export const NO_WINNER = {
  draft: "It has not begun.",
  bandit:
    "A bandit moves traffic to what converts: it needs no winner, and its intervals do not have the rate that those of fixed weights have.",
  split_broken:
    "The split is broken: profiles are not divided by the weights. Something lets one variant's profiles get lost; no comparison holds until it is found.",
  no_data: "Each variant must have been shown to somebody first.",
  undecided:
    "No difference to the control is certain yet. Let it run, or take it that there is none that matters.",
  worth_less: "What converts more often is worth less per profile. That is for you to decide.",
} as const;

export type NoWinner = keyof typeof NO_WINNER;

export type Verdict = { winner: string } | { winner: null; why: NoWinner };

/** A variant as far as it takes part in the decision. */
export interface Contender {
  id: string;
  arm: Arm;
  /** None where the goal has no value. */
  worth?: Worth | undefined;
}

/** The lift against the control that holds at all times at once, and for all of so many comparisons together. */
export function sequentialLift(control: Arm, variant: Arm, comparisons: number): Estimate | undefined {
  return rateLift(control, variant, sequentialReach(control, variant, comparisons));
}

function sequentialReach(one: Arm, other: Arm, comparisons: number): number {
  return sequentialCriticalValue(ALPHA / comparisons, one.exposed + other.exposed);
}

/**
 * Who has won: the variant that is certain to convert more often than the control, of several the one that does most; the
 * control, where all others are certain to do so less often. The first contender is the control.
 */
export function verdictOf(contenders: readonly Contender[]): Verdict {
  const [control, ...others] = contenders;
  if (!control || contenders.some(({ arm }) => arm.exposed === 0)) return { winner: null, why: "no_data" };
  const beats = (one: Contender, other: Contender): boolean =>
    convertsMore(one.arm, other.arm, sequentialReach(one.arm, other.arm, others.length));
  const better = others.filter((other) => beats(other, control));
  const isControlBest = others.every((other) => beats(control, other));
  const winner = isControlBest ? control : better.sort((one, other) => rate(other) - rate(one))[0];
  if (!winner) return { winner: null, why: "undecided" };
  const rivals = isControlBest ? others : [control];
  return rivals.some((rival) => isMoreValuable(rival, winner))
    ? { winner: null, why: "worth_less" }
    : { winner: winner.id };
}

function rate({ arm }: Contender): number {
  return arm.converted / arm.exposed;
}

function isMoreValuable({ worth: one }: Contender, { worth: other }: Contender): boolean {
  if (!one || !other) return false;
  return isWorthMore(one, other, (profiles) => studentCriticalValue(ALPHA, profiles));
}
