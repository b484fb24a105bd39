import type { CountMeasure } from "../../definition/measure.ts";
import type { Demand, Operator } from "../operator.ts";
import { isNarrowed, Narrowed, type Kept } from "./narrowed.ts";

/** `{ count }` over the whole log is one number; narrowed, it keeps the latest events that a comparison can tell apart. */
export function count(measure: CountMeasure, demand: Demand): Operator<never> {
  if (isNarrowed(measure))
    return countKept(new Narrowed(measure.count, measure, { latest: enough(demand) }), demand);
  const operator: Operator<{ n: number }> = {
    inputs: [measure.count],
    init: () => ({ n: 0 }),
    take(state) {
      state.n++;
      return true;
    },
    value: (state) => state.n,
    due: () => Infinity,
  };
  return operator as Operator<never>;
}

/** The highest count that anybody can tell from a higher one. */
export function enough({ edges, exact }: Demand): number {
  return exact ? Infinity : Math.max(0, ...edges);
}

/** How many events a narrowed selection keeps. */
export function countKept(narrowed: Narrowed, demand: Demand): Operator<never> {
  const operator: Operator<Kept> = {
    inputs: narrowed.inputs,
    init: () => narrowed.init(),
    take: (kept, event, input, at) => narrowed.take(kept, event, input, at),
    value: (kept, at) => narrowed.count(kept, at),
    atLeast: (kept, at) => narrowed.count(kept, at) >= enough(demand),
    due(kept, at) {
      // The count only ever falls by time: the next edge is the highest that it now reaches.
      const counted = narrowed.count(kept, at);
      let edge = 0;
      for (const candidate of demand.edges) if (candidate <= counted && candidate > edge) edge = candidate;
      return edge === 0 ? Infinity : narrowed.outAt(kept, kept.t.length - edge);
    },
  };
  return operator as Operator<never>;
}
