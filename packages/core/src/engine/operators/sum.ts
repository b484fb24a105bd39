import type { AvgMeasure, SumMeasure } from "../../definition/measure.ts";
import type { Narrowing, Selector } from "../../definition/selector.ts";
import type { Operator } from "../operator.ts";
import { isNarrowed, Narrowed, type Kept } from "./narrowed.ts";
import { numberReader } from "./read-value.ts";
import { addTo, amountOf, type Total } from "./total.ts";

type Finish = (total: Total, count: number) => number | undefined;

/** `{ sum }`: exact, whatever the order of the numbers. */
export function sum(measure: SumMeasure): Operator<never> {
  return totalled(measure.sum, measure.of, measure, (total) => amountOf(total));
}

/** `{ avg }`: that sum divided by how many numbers there are. */
export function avg(measure: AvgMeasure): Operator<never> {
  return totalled(measure.avg, measure.of, measure, (total, count) =>
    count === 0 ? undefined : amountOf(total, count),
  );
}

function totalled(path: string, selector: Selector, narrowing: Narrowing, finish: Finish): Operator<never> {
  const operator = isNarrowed(narrowing)
    ? totalKept(path, selector, narrowing, finish)
    : totalAll(path, selector, finish);
  return operator as Operator<never>;
}

function totalAll(path: string, selector: Selector, finish: Finish): Operator<{ n: number; x: Total }> {
  const read = numberReader(path);
  return {
    inputs: [selector],
    init: () => ({ n: 0, x: 0 }),
    take(state, event) {
      const value = read(event);
      if (value === undefined) return true;
      state.n++;
      state.x = addTo(state.x, value);
      return true;
    },
    value: ({ n, x }) => finish(x, n),
    due: () => Infinity,
  };
}

/** Beside the events, their running total, so that an event costs no more than itself. */
type Totalled = Kept & { x: Total };

function totalKept(
  path: string,
  selector: Selector,
  narrowing: Narrowing,
  finish: Finish,
): Operator<Totalled> {
  const read = numberReader(path);
  const without = (kept: Totalled, count: number): Total => {
    let total = kept.x;
    for (let at = 0; at < count; at++) total = addTo(total, kept.v![at] as number, -1);
    return total;
  };
  const narrowed = new Narrowed(selector, narrowing, {
    read,
    makeRoom(kept, place, value) {
      (kept as Totalled).x = addTo((kept as Totalled).x, value as number);
      return place;
    },
    onDrop(kept, count) {
      (kept as Totalled).x = without(kept as Totalled, count);
    },
  });
  return {
    inputs: narrowed.inputs,
    init: () => ({ ...narrowed.init(), x: 0 }),
    take: (kept, event, input, at) => narrowed.take(kept, event, input, at),
    prune: (kept, at) => narrowed.prune(kept, at),
    value(kept, at) {
      const first = narrowed.first(kept, at);
      return finish(without(kept, first), kept.t.length - first);
    },
    due: (kept, at) => narrowed.outAt(kept, narrowed.first(kept, at)),
  };
}
