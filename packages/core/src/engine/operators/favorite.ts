import type { FavoriteMeasure } from "../../definition/measure.ts";
import type { Scalar } from "../../log/entry.ts";
import { isAfter } from "../../log/order.ts";
import type { Operator } from "../operator.ts";
import { isNarrowed, Narrowed, type Kept } from "./narrowed.ts";
import { keyScalar, scalarKey, scalarReader } from "./read-value.ts";

/** `{ favorite }`: the scalar seen most often; between equals, the one seen last. */
export function favorite(measure: FavoriteMeasure): Operator<never> {
  const operator = isNarrowed(measure) ? favoriteKept(measure) : favoriteAll(measure);
  return operator as Operator<never>;
}

/** How often each was seen, and when last: count, timestamp, id, key. */
type Seen = [number, number, string, string];

function favoriteAll(measure: FavoriteMeasure): Operator<{ x: Seen[]; b: number }> {
  const read = scalarReader(measure.favorite);
  return {
    inputs: [measure.of],
    init: () => ({ x: [], b: 0 }),
    take(state, event) {
      const value = read(event);
      if (value === undefined) return true;
      const { id, timestamp } = event;
      const key = scalarKey(value);
      let at = state.x.findIndex((seen) => seen[3] === key);
      if (at < 0) at = state.x.push([0, timestamp, id, key]) - 1;
      const seen = state.x[at]!;
      seen[0]++;
      if (isAfter(timestamp, id, seen[1], seen[2])) [seen[1], seen[2]] = [timestamp, id];
      // Counts only grow: the best stays, or it is the one that was just seen.
      const best = state.x[state.b]!;
      if (seen[0] > best[0] || (seen[0] === best[0] && isAfter(seen[1], seen[2], best[1], best[2])))
        state.b = at;
      return true;
    },
    value: ({ x, b }) => x[b] && keyScalar(x[b][3]),
    due: () => Infinity,
  };
}

function favoriteKept(measure: FavoriteMeasure): Operator<Kept> {
  const narrowed = new Narrowed(measure.of, measure, { read: scalarReader(measure.favorite), ordered: true });
  return {
    inputs: narrowed.inputs,
    init: () => narrowed.init(),
    take: (kept, event, input, at) => narrowed.take(kept, event, input, at),
    prune: (kept, at) => narrowed.prune(kept, at),
    value: (kept, at) => mostFrequent(kept.v?.slice(narrowed.first(kept, at)) ?? []),
    due: (kept, at) => narrowed.outAt(kept, narrowed.first(kept, at)),
  };
}

/** Of values in order; between equals, the one that stands last. */
function mostFrequent(values: readonly Scalar[]): Scalar | undefined {
  const counts = new Map<Scalar, number>();
  let most = 0;
  for (const value of values) {
    const times = (counts.get(value) ?? 0) + 1;
    counts.set(value, times);
    if (times > most) most = times;
  }
  return values.findLast((value) => counts.get(value) === most);
}
