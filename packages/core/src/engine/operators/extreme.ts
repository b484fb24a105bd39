import type { Aggregate } from "./aggregate.ts";
import { head } from "./head.ts";
import { cutOut } from "./kept.ts";
import { number } from "./read-value.ts";

/**
 * The smallest number, or the largest. Keeps a number only while no later one, which goes out later, beats it: the first
 * that counts is the answer.
 */
export const extreme: Aggregate = {
  ...head,
  read: number,
  makeRoom({ plan: { sign = 1 } }, kept, to, value) {
    const beats = (a: unknown, b: unknown): boolean => sign * (a as number) <= sign * (b as number);
    const { v = [] } = kept;
    if (to < v.length && beats(v[to], value)) return -1;
    let from = to;
    while (from > 0 && beats(value, v[from - 1])) from--;
    cutOut(kept, from, to - from);
    return from;
  },
};
