import type { Properties } from "../murmur.ts";

/** The most that is read of a list: more would not fit into one event. */
const MOST = 40;

/** What the first of a list are as products; none, when it is no list. */
export function listed(list: unknown, read: (item: never) => Properties): Properties[] {
  return Array.isArray(list) ? list.slice(0, MOST).map(read as (item: unknown) => Properties) : [];
}
