import type { Aggregate } from "./aggregate.ts";
import { sizeOf } from "./kept.ts";

/** How many events there are, as far as anybody asks for it. */
export const count: Aggregate = {
  value: (_operator, kept) => sizeOf(kept),
  // The number only ever falls by time: the next edge is the highest that it now reaches.
  out({ latest, edges = [latest] }, { t }) {
    let next = 0;
    for (const edge of edges) if (edge > next && edge <= t.length) next = edge;
    return t.length - next;
  },
};
