import { guarded } from "../report.ts";

/** The longest that setTimeout can wait: beyond 2^31-1 ms it fires at once. https://developer.mozilla.org/docs/Web/API/setTimeout#maximum_delay_value */
const LONGEST = 2 ** 31 - 1;

/**
 * One timer for what is due next. What it returns sets it, in place of what was set before: wakes after `delay` ms, or at the
 * longest that a timer can wait, as waking early does no harm; after Infinity, not at all.
 */
export function wakeTimer(wake: () => void): (delay: number) => void {
  const guardedWake = guarded(wake);
  let timer: ReturnType<typeof setTimeout>;
  return (delay) => {
    clearTimeout(timer);
    // What is over by now is due at once, as timers have it.
    if (delay < Infinity) timer = setTimeout(guardedWake, Math.min(Math.ceil(delay), LONGEST));
  };
}
