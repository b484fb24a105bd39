import type { MaxMeasure, MinMeasure } from "../../definition/measure.ts";
import type { Narrowing, Selector } from "../../definition/selector.ts";
import type { Operator } from "../operator.ts";
import { isNarrowed, Narrowed, type Kept } from "./narrowed.ts";
import { numberReader } from "./read-value.ts";
import { heldOperator } from "./held.ts";

/** `{ min }`: the smallest number. */
export function min(measure: MinMeasure): Operator<never> {
  return extreme(measure.min, measure.of, measure, (a, b) => a <= b);
}

/** `{ max }`: the largest number. */
export function max(measure: MaxMeasure): Operator<never> {
  return extreme(measure.max, measure.of, measure, (a, b) => a >= b);
}

type Beats = (a: number, b: number) => boolean;

function extreme(path: string, selector: Selector, narrowing: Narrowing, beats: Beats): Operator<never> {
  const operator = isNarrowed(narrowing)
    ? heldOperator(extremeKept(path, selector, narrowing, beats))
    : extremeAll(path, selector, beats);
  return operator as Operator<never>;
}

function extremeAll(path: string, selector: Selector, beats: Beats): Operator<{ x: number | null }> {
  const read = numberReader(path);
  return {
    inputs: [selector],
    init: () => ({ x: null }),
    take(state, event) {
      const value = read(event);
      if (value !== undefined && (state.x === null || beats(value, state.x))) state.x = value;
      return true;
    },
    value: ({ x }) => x ?? undefined,
    due: () => Infinity,
  };
}

/** Keeps a number only while no later one, which goes out later, beats it: the first that counts is the answer. */
function extremeKept(path: string, selector: Selector, narrowing: Narrowing, beats: Beats): Narrowed {
  return new Narrowed(selector, narrowing, {
    read: numberReader(path),
    makeRoom(kept: Kept, place, value) {
      const values = (kept.v ?? []) as number[];
      const later = values[place];
      if (later !== undefined && beats(later, value as number)) return undefined;
      let from = place;
      while (from > 0 && beats(value as number, values[from - 1] as number)) from--;
      for (const column of [kept.t, kept.i, kept.v]) column?.splice(from, place - from);
      return from;
    },
  });
}
