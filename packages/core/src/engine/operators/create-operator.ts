import { measureKind, type OwnMeasure } from "../../definition/measure.ts";
import type { Demand, Operator } from "../operator.ts";
import { count } from "./count.ts";
import { sinceFirst, sinceLast } from "./since.ts";

/** Every kind of measure and what computes it. A new kind: one file here, one line, and one in `MEASURE_FORMS`. */
const OPERATORS: Readonly<Record<string, (measure: never, demand: Demand) => Operator<never>>> = {
  count,
  sinceLast,
  sinceFirst,
};

/** The operator that computes a measure. Takes a measure that was checked before. */
export function createOperator(measure: OwnMeasure, demand: Demand): Operator {
  const create = OPERATORS[measureKind(measure) as string]!;
  return create(measure as never, demand) as unknown as Operator;
}
