import type { Identify, Json } from "../../log/entry.ts";
import { isAfter, type Place } from "../../log/order.ts";
import type { Computing } from "../operator.ts";

/** By whose identify call each trait was set, by key, and to what; `null` is removed. */
export type TraitState = [key: string, place: Place, value: Json][];

/** Traits, as one object: last-write-wins for each top-level key, by (timestamp, id) of the identify call. */
export const traits: Computing<TraitState, Identify> = {
  init: () => [],
  take(_operator, state, { id, timestamp, traits: written }) {
    const place: Place = [timestamp, id];
    for (const [key, value] of Object.entries(written)) {
      const at = state.findIndex((each) => each[0] === key);
      if (at < 0) state.push([key, place, value]);
      else if (isAfter(place, state[at]![1])) state[at] = [key, place, value];
    }
    return false;
  },
  value: (_operator, state) =>
    Object.fromEntries(state.flatMap(([key, , value]) => (value === null ? [] : [[key, value]]))),
  due: () => Infinity,
};
