import type { SequenceCondition, TrendCondition } from "../../definition/condition.ts";
import type { OwnMeasure } from "../../definition/measure.ts";
import type { Demand, Operator } from "../operator.ts";
import { count } from "./count.ts";
import { distinct } from "./distinct.ts";
import { max, min } from "./extreme.ts";
import { favorite } from "./favorite.ts";
import { first, last } from "./first-last.ts";
import { sequence } from "./sequence.ts";
import { sinceFirst, sinceLast } from "./since.ts";
import { avg, sum } from "./sum.ts";
import { trend } from "./trend.ts";

/** Every kind of measure, and what computes it. A new kind: one file here, one line, and one in `MEASURE_FORMS`. */
const OPERATORS: Readonly<Record<string, (definition: never, demand: Demand) => Operator<never>>> = {
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
  sequence,
  trend,
};

/** The operator of a measure, a sequence or a trend that was checked before. */
export function createOperator(
  definition: OwnMeasure | SequenceCondition | TrendCondition,
  demand: Demand,
): Operator {
  const kind = Object.keys(OPERATORS).find((key) => Object.hasOwn(definition, key)) as string;
  return OPERATORS[kind]!(definition as never, demand) as unknown as Operator;
}
