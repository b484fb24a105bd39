import type { Edges } from "../operator.ts";
import type { Aggregate } from "./aggregate.ts";
import { sizeOf } from "./kept.ts";

/** `{ count }`. Narrowed, it keeps the latest events that a comparison can tell apart. */
export function count(_selector: unknown, edges: Edges): Aggregate {
  return { ...howMany(edges), folds: true };
}

/** How many events tell apart whatever is asked of their number. */
export function enoughFor(edges: Edges): number {
  return Math.max(1, ...edges);
}

/** The number of events, as far as anybody asks for it. */
export function howMany(edges: Edges): Aggregate {
  return {
    value: sizeOf,
    latest: enoughFor(edges),
    // The number only ever falls by time: the next edge is the highest that it now reaches.
    out({ t }) {
      let next = 0;
      for (const edge of edges) if (edge > next && edge <= t.length) next = edge;
      return t.length - next;
    },
  };
}
