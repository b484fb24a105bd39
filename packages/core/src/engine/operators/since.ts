import type { Aggregate } from "./aggregate.ts";

/** Milliseconds since the first event that is kept: of all the first, or, where but the latest is kept, the last. */
export const since: Aggregate = {
  value: (_operator, { t }, at) => (t.length ? at - t[0]! : undefined),
  due: ({ edges = [] }, { t }, at) => (t[0] ?? 0) + (edges.find((edge) => t[0]! + edge > at) ?? Infinity),
};
