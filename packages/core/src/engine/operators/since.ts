import { milliseconds } from "../../definition/duration.ts";
import type { SinceFirstMeasure, SinceLastMeasure } from "../../definition/measure.ts";
import type { Narrowing, Selector } from "../../definition/selector.ts";
import type { Demand, Operator } from "../operator.ts";
import { cut, firstLive, keep, noneKept, type Kept, type KeptLimits } from "./kept-events.ts";

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
  const narrowed = narrowing.within !== undefined || narrowing.after !== undefined;
  const operator = narrowed
    ? sinceKept(selector, narrowing, latest, crossing)
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
    take(state, event) {
      state.t = state.t === null ? event.timestamp : pick(state.t, event.timestamp);
      return true;
    },
    value: ({ t }, at) => (t === null ? undefined : at - t),
    due: ({ t }, at) => (t === null ? Infinity : crossing(t, at)),
  };
}

function sinceKept(
  selector: Selector,
  narrowing: Narrowing,
  latest: number,
  crossing: Crossing,
): Operator<Kept> {
  const { within, after } = narrowing;
  const limits: KeptLimits = {
    within: within === undefined ? Infinity : milliseconds(within),
    after: after !== undefined,
    latest,
  };
  const live = (kept: Kept, at: number): number | undefined => kept.t[firstLive(kept, at, limits.within)];
  return {
    inputs: after === undefined ? [selector] : [selector, after],
    init: noneKept,
    take(kept, event, input, at) {
      if (input === 0) keep(kept, event, at, limits);
      else cut(kept, event);
      return true;
    },
    value(kept, at) {
      const timestamp = live(kept, at);
      return timestamp === undefined ? undefined : at - timestamp;
    },
    due(kept, at) {
      const timestamp = live(kept, at);
      return timestamp === undefined
        ? Infinity
        : Math.min(timestamp + limits.within, crossing(timestamp, at));
    },
  };
}
