import type { LogStore } from "./log-store.ts";

/** A profile's time. In local development it can be moved on, so that nobody has to wait for two hours to pass. */
export class ProfileClock {
  readonly #store: LogStore;
  #offset: number;

  constructor(store: LogStore, movable: boolean) {
    this.#store = store;
    this.#offset = movable ? (store.get<number>("clock-offset") ?? 0) : 0;
  }

  /** Milliseconds. */
  now(): number {
    return Date.now() + this.#offset;
  }

  /** The instant of the machine's clock at which the profile's shows `instant`. */
  real(instant: number): number {
    return instant - this.#offset;
  }

  move(by: number): void {
    this.#offset += by;
    this.#store.put("clock-offset", this.#offset);
  }
}
