import type { SelectionPlan } from "../plan.ts";
import type { Aggregate } from "./aggregate.ts";
import { cutOut, type Kept } from "./kept.ts";
import { numberReader } from "./read-value.ts";

/** `{ min }`: the smallest number. */
export function min({ path }: SelectionPlan): Aggregate {
  return extreme(path!, 1);
}

/** `{ max }`: the largest number. */
export function max({ path }: SelectionPlan): Aggregate {
  return extreme(path!, -1);
}

/** Keeps a number only while no later one, which goes out later, beats it: the first that counts is the answer. */
function extreme(path: string, sign: 1 | -1): Aggregate {
  return {
    read: numberReader(path),
    value: ({ v }) => v?.[0],
    first: true,
    makeRoom(kept: Kept, to, value) {
      const beats = (a: unknown, b: unknown): boolean => sign * (a as number) <= sign * (b as number);
      const { v = [] } = kept;
      if (to < v.length && beats(v[to], value)) return -1;
      let from = to;
      while (from > 0 && beats(value, v[from - 1])) from--;
      cutOut(kept, from, to - from);
      return from;
    },
  };
}
