import { guarded } from "../report.ts";

/** What a page tells the others of its device: that the log has changed, or is gone. */
const CHANGED = 0;
const ERASED = 1;

/** The way between the pages of one device. Where there is none, each sees the others' work at its next own. */
export class PageChannel {
  /** Opens it, unless it is: what others write from then on is heard of. It takes a browser longer than much else. */
  readonly open: () => void;
  /** What was said last of consent on any page, as this one has heard, as JSON. */
  said: string | undefined;
  #channel: BroadcastChannel | undefined;

  /** `onChanged` is also told when the page was away, and may have missed both. */
  constructor(name: string, onChanged: () => void, onErased: () => void) {
    this.open = guarded(() => {
      if (this.#channel) return;
      this.#channel = new BroadcastChannel(name);
      this.#channel.addEventListener("message", ({ data }) => (data === ERASED ? onErased() : onChanged()));
    });
    // A message would throw the page out of the back/forward cache, and the next page of the visit sends some.
    addEventListener("pagehide", () => {
      this.#channel?.close();
      this.#channel = undefined;
    });
    addEventListener("pageshow", ({ persisted }) => {
      if (persisted) onChanged();
    });
  }

  changed(): void {
    this.#channel?.postMessage(CHANGED);
  }

  erased(): void {
    this.open();
    this.#channel?.postMessage(ERASED);
  }
}
