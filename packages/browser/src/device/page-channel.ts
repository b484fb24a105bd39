import type { Consent } from "../consent/consent.ts";
import { guarded } from "../report.ts";

/** The way between the pages of one device. Where there is none, each sees the others' work at its next own. */
export interface PageChannel {
  /** What was said last of consent on any page, as this one has heard, as JSON. */
  said?: string;
  /** Opens it, unless it is: what others write from then on is heard of. It takes a browser longer than much else. */
  open(): void;
  /** Tells the others that the log has changed, or what was said here of consent. */
  tell(said?: Consent): void;
}

/** `onTold` is given what was said, or nothing where the log has changed; also when the page was away, and may have missed both. */
export function pageChannel(name: string, onTold: (said?: Consent) => void): PageChannel {
  let channel: BroadcastChannel | undefined;
  // A message would throw the page out of the back/forward cache, and the next page of the visit sends some.
  addEventListener("pagehide", () => {
    channel?.close();
    channel = undefined;
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) onTold();
  });
  return {
    open: guarded(() => {
      if (channel) return;
      channel = new BroadcastChannel(name);
      channel.addEventListener("message", ({ data }) => onTold(data as Consent | undefined));
    }),
    tell: (said) => (channel as MessagePort | undefined)?.postMessage(said),
  };
}
