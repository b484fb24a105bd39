import type { TrackOptions } from "../murmur.ts";

/**
 * What is not safe as an event's id: more characters than it may have, or what templates print where they know of none,
 * as `undefined`, `(not set)` or `[object Object]`: many events would be one. Orders may be numbered `#1001`.
 */
const UNSAFE = /^[^]{129}|(^|:)#?([^\w#]|(0|null|undefined|nan)?$)/i;

/**
 * The event's own id, so that it counts once however often the page says so. Without a safe one, the event gets one at
 * random: counted twice is better than lost.
 */
export function ownId(id: string): TrackOptions {
  return UNSAFE.test(id) ? {} : { id };
}
