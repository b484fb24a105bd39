import type { DistinctMeasure } from "../../definition/measure.ts";
import type { Demand, Operator } from "../operator.ts";
import { countKept, enough } from "./count.ts";
import { isNarrowed, Narrowed } from "./narrowed.ts";
import { scalarKey, scalarReader } from "./read-value.ts";

/** `{ distinct }`: how many different scalars. Narrowed, it keeps the last event of each. */
export function distinct(measure: DistinctMeasure, demand: Demand): Operator<never> {
  const read = scalarReader(measure.distinct);
  const latest = enough(demand);
  if (isNarrowed(measure)) return countKept(lastOfEach(measure, latest), demand);
  const operator: Operator<{ x: string[] }> = {
    inputs: [measure.of],
    init: () => ({ x: [] }),
    take({ x }, event) {
      const value = read(event);
      if (value === undefined || x.length >= latest) return true;
      const key = scalarKey(value);
      if (!x.includes(key)) x.push(key);
      return true;
    },
    value: ({ x }) => x.length,
    atLeast: ({ x }) => x.length >= latest,
    due: () => Infinity,
  };
  return operator as Operator<never>;
}

function lastOfEach(measure: DistinctMeasure, latest: number): Narrowed {
  const read = scalarReader(measure.distinct);
  return new Narrowed(measure.of, measure, {
    latest,
    read(event) {
      const value = read(event);
      return value === undefined ? undefined : scalarKey(value);
    },
    makeRoom(kept, place, key) {
      const known = kept.v?.indexOf(key) ?? -1;
      if (known < 0) return place;
      if (known >= place) return undefined;
      for (const column of [kept.t, kept.i, kept.v]) column?.splice(known, 1);
      return place - 1;
    },
  });
}
