import type { Aggregate } from "./aggregate.ts";
import { scalar } from "./read-value.ts";

/** The scalar in the first event that is kept: of all the first, or, where but the latest is kept, the last. */
export const head: Aggregate = { read: scalar, value: (_operator, { v }) => v?.[0] };
