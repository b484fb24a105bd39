import { guarded } from "../report.ts";

/** The longest that setTimeout can wait: beyond 2^31-1 ms it fires at once. https://developer.mozilla.org/docs/Web/API/setTimeout#maximum_delay_value */
const LONGEST = 2 ** 31 - 1;

/** One timer for what is due next; setting it again replaces it. Waking early does no harm. */
export class WakeTimer {
  readonly #wake: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(wake: () => void) {
    this.#wake = guarded(wake);
  }

  /** Wakes after `delay` ms, or at the longest that a timer can wait; without a delay, not at all. */
  set(delay: number | undefined): void {
    clearTimeout(this.#timer);
    // What is over by now is due at once, as timers have it.
    if (delay !== undefined) this.#timer = setTimeout(this.#wake, Math.min(Math.ceil(delay), LONGEST));
  }
}
