import { background } from "../report.ts";

/** How long a snapshot of the profile may lag behind the log, ms. */
const SAVE_AFTER = 200;

/** Saves some time after it was asked to, once however often it was. */
export class LateSave {
  readonly #save: () => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Transitions since the last time: until then, the next page would see them again. */
  unsaved = 0;

  constructor(save: () => Promise<void>) {
    this.#save = save;
  }

  soon(transitions: number): void {
    this.unsaved += transitions;
    this.#timer ??= setTimeout(() => background(this.now()), SAVE_AFTER);
  }

  now(): Promise<void> {
    this.cancel();
    this.unsaved = 0;
    return this.#save();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
