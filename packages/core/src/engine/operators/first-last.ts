import type { FirstMeasure, LastMeasure } from "../../definition/measure.ts";
import type { Narrowing, Selector } from "../../definition/selector.ts";
import type { Scalar } from "../../log/entry.ts";
import { isAfter } from "../../log/order.ts";
import type { Operator } from "../operator.ts";
import { heldOperator } from "./held.ts";
import { isNarrowed, Narrowed } from "./narrowed.ts";
import { scalarReader } from "./read-value.ts";

/** `{ first }`: the scalar in the first event that has one. Narrowed, every event may come to be the first. */
export function first(measure: FirstMeasure): Operator<never> {
  return outermost(measure.first, measure.of, measure, false);
}

/** `{ last }`: the scalar in the last event that has one. */
export function last(measure: LastMeasure): Operator<never> {
  return outermost(measure.last, measure.of, measure, true);
}

function outermost(path: string, selector: Selector, narrowing: Narrowing, latest: boolean): Operator<never> {
  const read = scalarReader(path);
  if (isNarrowed(narrowing)) {
    const options = { read, ordered: true, ...(latest && { latest: 1 }) };
    return heldOperator(new Narrowed(selector, narrowing, options)) as Operator<never>;
  }
  const operator: Operator<{ x: [number, string, Scalar][] }> = {
    inputs: [selector],
    init: () => ({ x: [] }),
    take(state, event) {
      const value = read(event);
      if (value === undefined) return true;
      const [held] = state.x;
      if (!held || isAfter(event.timestamp, event.id, held[0], held[1]) === latest)
        state.x = [[event.timestamp, event.id, value]];
      return true;
    },
    value: ({ x }) => x[0]?.[2],
    due: () => Infinity,
  };
  return operator as Operator<never>;
}
