import { Problem } from "../wire/problem.ts";

/** Entries that one device may send, at once and a minute, where the operator says nothing else. */
const EVENTS_PER_MINUTE = 600;
/** Above so many devices, those that have not sent for a while are forgotten. */
const MANY = 100;

interface Bucket {
  left: number;
  /** ms. */
  at: number;
}

/**
 * A token bucket for each device (https://en.wikipedia.org/wiki/Token_bucket). In memory alone: who waits long enough for
 * the profile to leave memory has waited long enough.
 */
export class RateLimit {
  readonly #buckets = new Map<string, Bucket>();
  readonly #burst: number;
  /** Entries that a device may send more, for each ms that passes. */
  readonly #refill: number;

  /** `setting` is the operator's, as text; what is no number above 0 says nothing. */
  constructor(setting?: string) {
    this.#burst = Number(setting) > 0 ? Number(setting) : EVENTS_PER_MINUTE;
    this.#refill = this.#burst / 60_000;
  }

  /** Takes so many entries of a device at `now`, ms; gives the wait, in whole seconds, when it may not send them yet. */
  take(device: string, count: number, now: number): number {
    const bucket = this.#buckets.get(device) ?? { left: this.#burst, at: now };
    const left = Math.min(this.#burst, bucket.left + Math.max(0, now - bucket.at) * this.#refill);
    // More than may ever be sent at once goes through when nothing else did, and is waited for afterwards.
    const needed = Math.min(count, this.#burst);
    if (left < needed) return Math.ceil((needed - left) / this.#refill / 1_000);
    if (this.#buckets.size >= MANY) this.#forgetFull(now);
    this.#buckets.set(device, { left: left - count, at: now });
    return 0;
  }

  #forgetFull(now: number): void {
    for (const [device, { left, at }] of this.#buckets)
      if (left + (now - at) * this.#refill >= this.#burst) this.#buckets.delete(device);
  }
}

export function rateLimited(wait: number): Problem {
  return new Problem("rate_limited", `This device has sent too many events in a minute: wait ${wait} s.`, {
    retryAfter: wait,
  });
}
