import type { Scalar } from "../../log/entry.ts";
import { isAfter, type Place } from "../../log/order.ts";
import type { SelectionPlan } from "../plan.ts";
import type { Aggregate } from "./aggregate.ts";
import { scalarReader } from "./read-value.ts";

/** How often each value was seen, and where last, by its JSON text: `1` and `"1"` differ. */
export type Seen = Record<string, [times: number, last: Place]>;

/** `{ favorite }`: the scalar seen most often; between equals, the one seen last. */
export function favorite({ path }: SelectionPlan): Aggregate {
  return {
    read: scalarReader(path!),
    folds: true,
    fold(kept, sign, value, place) {
      const all = (kept.f ??= {});
      const key = JSON.stringify(value);
      const seen = (all[key] ??= [0, place!]);
      seen[0] += sign;
      // What goes out is the earliest of all: the place where a value was seen last goes with the last of its kind.
      if (place && isAfter(place, seen[1])) seen[1] = place;
      if (!seen[0]) delete all[key];
    },
    value({ f = {} }) {
      let best: string | undefined;
      for (const key in f) {
        const [times, last] = f[key]!;
        const [most, latest] = f[best!] ?? [0, last];
        if (times > most || (times === most && isAfter(last, latest))) best = key;
      }
      return best && (JSON.parse(best) as Scalar);
    },
  };
}
