import type { SinceFirstMeasure, SinceLastMeasure } from "../../definition/measure.ts";
import type { Narrowing, Selector } from "../../definition/selector.ts";
import type { Demand, Operator } from "../operator.ts";
import { isNarrowed, Narrowed, type Kept } from "./narrowed.ts";

/** `{ sinceLast }`: ms since the last selected event. */
export function sinceLast(measure: SinceLastMeasure, demand: Demand): Operator<never> {
  return since(measure.sinceLast, measure, demand, Math.max, 1);
}

/** `{ sinceFirst }`: ms since the first selected event. Narrowed, every event may come to be the first. */
export function sinceFirst(measure: SinceFirstMeasure, demand: Demand): Operator<never> {
  return since(measure.sinceFirst, measure, demand, Math.min, Infinity);
}

function since(
  selector: Selector,
  narrowing: Narrowing,
  { edges }: Demand,
  pick: (a: number, b: number) => number,
  latest: number,
): Operator<never> {
  const crossing = (from: number, at: number): number =>
    Math.min(...edges.map((edge) => (from + edge > at ? from + edge : Infinity)));
  const operator = isNarrowed(narrowing)
    ? sinceKept(new Narrowed(selector, narrowing, { latest }), crossing)
    : sinceOne(selector, pick, crossing);
  return operator as Operator<never>;
}

type Crossing = (from: number, at: number) => number;

function sinceOne(
  selector: Selector,
  pick: (a: number, b: number) => number,
  crossing: Crossing,
): Operator<{ t: number | null }> {
  return {
    inputs: [selector],
    init: () => ({ t: null }),
    take(state, { timestamp }) {
      state.t = state.t === null ? timestamp : pick(state.t, timestamp);
      return true;
    },
    value: ({ t }, at) => (t === null ? undefined : at - t),
    due: ({ t }, at) => (t === null ? Infinity : crossing(t, at)),
  };
}

function sinceKept(narrowed: Narrowed, crossing: Crossing): Operator<Kept> {
  return {
    inputs: narrowed.inputs,
    init: () => narrowed.init(),
    take: (kept, event, input, at) => narrowed.take(kept, event, input, at),
    prune: (kept, at) => narrowed.prune(kept, at),
    value(kept, at) {
      const timestamp = kept.t[narrowed.first(kept, at)];
      return timestamp === undefined ? undefined : at - timestamp;
    },
    due(kept, at) {
      const first = narrowed.first(kept, at);
      const timestamp = kept.t[first];
      return timestamp === undefined
        ? Infinity
        : Math.min(narrowed.outAt(kept, first), crossing(timestamp, at));
    },
  };
}
