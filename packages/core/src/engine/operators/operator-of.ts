import type { Computing, Operator } from "../operator.ts";
import type { OperatorPlan, SelectionPlan, SequencePlan } from "../plan.ts";
import type { Aggregate } from "./aggregate.ts";
import { count } from "./count.ts";
import { distinct } from "./distinct.ts";
import { extreme } from "./extreme.ts";
import { favorite } from "./favorite.ts";
import { head } from "./head.ts";
import { selection } from "./selection.ts";
import { sequence, stepTest } from "./sequence.ts";
import { since } from "./since.ts";
import { total } from "./total.ts";
import { traits } from "./traits.ts";
import { trend } from "./trend.ts";

/** What each kind of measure, and a trend, makes of the selected events. */
const AGGREGATES: Readonly<Record<SelectionPlan["kind"], Aggregate>> = {
  count,
  total,
  extreme,
  distinct,
  favorite,
  head,
  since,
  trend,
};

/** What computes otherwise than by an aggregate of selected events. */
const OTHERS: Readonly<Record<string, unknown>> = { traits, sequence };

/** The operator at a position of a plan. Every member from the first, the busiest in front: so that all are alike. */
export function operatorOf(plan: OperatorPlan, at: number): Operator {
  const {
    kind,
    path,
    within = 0,
    latest = 0,
    edges,
    ordered = false,
    folded = false,
    single = false,
    steps = [],
    without,
  } = plan as Partial<SelectionPlan> & Partial<Omit<SequencePlan, "kind">>;
  return {
    at,
    leaf: undefined,
    computing: (OTHERS[kind!] ?? selection) as Computing,
    aggregate: AGGREGATES[kind!],
    within,
    latest,
    keys: path?.split("."),
    edges,
    ordered,
    folded,
    single,
    plan: plan as Operator["plan"],
    tests: steps.map(stepTest),
    kills: without && stepTest(without),
  };
}
