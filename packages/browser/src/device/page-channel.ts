/** What a page tells the others of its device: that the log has changed, or is gone. */
const CHANGED = 0;
const ERASED = 1;

/** The way between the pages of one device. Without BroadcastChannel, each sees the others' work at its next own. */
export class PageChannel {
  #channel: BroadcastChannel | undefined;

  /** `onBack` is told when the page was away, and may have missed both. */
  constructor(name: string, onChanged: () => void, onErased: () => void, onBack: () => void) {
    const open = (): void => {
      this.#channel = globalThis.BroadcastChannel && new BroadcastChannel(name);
      this.#channel?.addEventListener("message", ({ data }) => (data === ERASED ? onErased() : onChanged()));
    };
    open();
    // A message would throw the page out of the back/forward cache, and the next page of the visit sends some.
    addEventListener("pagehide", () => {
      this.#channel?.close();
      this.#channel = undefined;
    });
    addEventListener("pageshow", ({ persisted }) => {
      if (!persisted) return;
      open();
      onBack();
    });
  }

  changed(): void {
    this.#channel?.postMessage(CHANGED);
  }

  erased(): void {
    this.#channel?.postMessage(ERASED);
  }
}
