import { milliseconds } from "../../definition/duration.ts";
import type { CountMeasure } from "../../definition/measure.ts";
import type { Demand, Operator } from "../operator.ts";
import { cut, firstLive, keep, noneKept, type Kept, type KeptLimits } from "./kept-events.ts";

/** `{ count }` over the whole log is one number; narrowed, it keeps the latest events that a comparison can tell apart. */
export function count(measure: CountMeasure, demand: Demand): Operator<never> {
  const narrowed = measure.within !== undefined || measure.after !== undefined;
  return (narrowed ? countKept(measure, demand) : countAll(measure)) as Operator<never>;
}

function countAll(measure: CountMeasure): Operator<{ n: number }> {
  return {
    inputs: [measure.count],
    init: () => ({ n: 0 }),
    take(state) {
      state.n++;
      return true;
    },
    value: (state) => state.n,
    due: () => Infinity,
  };
}

function countKept(measure: CountMeasure, { edges, exact }: Demand): Operator<Kept> {
  const { within, after } = measure;
  const limits: KeptLimits = {
    within: within === undefined ? Infinity : milliseconds(within),
    after: after !== undefined,
    latest: exact ? Infinity : Math.max(0, ...edges),
  };
  const value = (kept: Kept, at: number): number => kept.t.length - firstLive(kept, at, limits.within);
  return {
    inputs: after === undefined ? [measure.count] : [measure.count, after],
    init: noneKept,
    take(kept, event, input, at) {
      if (input === 0) keep(kept, event, at, limits);
      else cut(kept, event);
      return true;
    },
    value,
    atLeast: (kept, at) => value(kept, at) >= limits.latest,
    due(kept, at) {
      // The count only ever falls by time: the next edge is the highest that it now reaches.
      const edge = Math.max(0, ...edges.filter((candidate) => candidate <= value(kept, at)));
      return edge === 0 ? Infinity : (kept.t[kept.t.length - edge] as number) + limits.within;
    },
  };
}
