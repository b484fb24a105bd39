import type { SequenceCondition, TrendCondition } from "../../definition/condition.ts";
import type { OwnMeasure } from "../../definition/measure.ts";
import type { Selector } from "../../definition/selector.ts";
import type { Edges, Operator } from "../operator.ts";
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
const AGGREGATES: Readonly<Record<string, (path: string, edges: Edges) => Aggregate>> = {
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

/** What there is to compute where traits are asked for. */
export const TRAITS = { traits: true } as const;

/** The operator of a measure, a sequence or a trend that was checked before. */
export function createOperator(
  definition: OwnMeasure | SequenceCondition | TrendCondition | typeof TRAITS,
  edges: Edges,
): Operator {
  if ("traits" in definition) return traits;
  if ("sequence" in definition) return sequence(definition);
  if ("trend" in definition) return trend(definition);
  const kind = Object.keys(definition).find((key) => key in AGGREGATES) as string;
  const own = (definition as unknown as Record<string, string>)[kind] as string;
  const selector: Selector = "of" in definition ? definition.of : own;
  return new Selection(selector, definition, AGGREGATES[kind]!(own, edges));
}
