import type { Operator } from "../operator.ts";
import type { OperatorPlan, SelectionPlan, SequencePlan, TrendPlan } from "../plan.ts";
import type { Aggregate } from "./aggregate.ts";
import { count } from "./count.ts";
import { distinct } from "./distinct.ts";
import { favorite } from "./favorite.ts";
import { first, last } from "./first-last.ts";
import { max, min } from "./min-max.ts";
import { Selection } from "./selection.ts";
import { sequence } from "./sequence.ts";
import { sinceFirst, sinceLast } from "./since.ts";
import { avg, sum } from "./sum.ts";
import { traits } from "./traits.ts";
import { trend } from "./trend.ts";

/** Every kind of measure, and what computes it. A new kind: one file here, one line, and one in `MEASURE_FORMS`. */
const AGGREGATES: Readonly<Record<string, (plan: SelectionPlan) => Aggregate>> = {
  count,
  sum,
  avg,
  min,
  max,
  distinct,
  favorite,
  first,
  last,
  sinceLast,
  sinceFirst,
};

/** The operator of a plan. */
export function createOperator(plan: OperatorPlan): Operator {
  const { kind } = plan;
  if (kind === "traits") return traits;
  if (kind === "sequence") return sequence(plan as SequencePlan);
  if (kind === "trend") return trend(plan as TrendPlan);
  return new Selection(plan, AGGREGATES[kind]!(plan as SelectionPlan));
}
