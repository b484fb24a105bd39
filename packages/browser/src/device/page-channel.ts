/** What a page tells the others of its device: that the log has changed, or is gone. */
const CHANGED = 0;
const ERASED = 1;

/** The way between the pages of one device. Without BroadcastChannel, each sees the others' work at its next own. */
export class PageChannel {
  readonly #channel: BroadcastChannel | undefined;

  constructor(name: string, onChanged: () => void, onErased: () => void) {
    this.#channel = globalThis.BroadcastChannel && new BroadcastChannel(name);
    this.#channel?.addEventListener("message", ({ data }) => (data === ERASED ? onErased() : onChanged()));
  }

  changed(): void {
    this.#channel?.postMessage(CHANGED);
  }

  erased(): void {
    this.#channel?.postMessage(ERASED);
  }
}
