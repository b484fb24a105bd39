import type { Operator } from "../operator.ts";
import type { Kept, Narrowed } from "./narrowed.ts";

/** The value of the first event that counts, in a selection that keeps values. */
export function heldOperator(narrowed: Narrowed): Operator<Kept> {
  return {
    inputs: narrowed.inputs,
    init: () => narrowed.init(),
    take: (kept, event, input, at) => narrowed.take(kept, event, input, at),
    prune: (kept, at) => narrowed.prune(kept, at),
    value: (kept, at) => kept.v?.[narrowed.first(kept, at)],
    due: (kept, at) => narrowed.outAt(kept, narrowed.first(kept, at)),
  };
}
