import type { Device } from "./device/device.ts";
import { localNow } from "./device/page-clock.ts";
import { guarded } from "./report.ts";

/** Follows the page's life: its clock may have slept, its slots may not have been there yet, it may go for good. */
export function watchPage(device: Device, fill: () => void): void {
  const wake = guarded(() => {
    localNow(localNow() < Date.now());
    device.state.engine.wake();
  });
  addEventListener("pageshow", wake);
  addEventListener(
    "online",
    guarded(() => device.retry()),
  );
  const flush = guarded(() => device.flush());
  addEventListener("pagehide", flush);
  // After the document's own listeners, and after `pagehide`: what the page records in them leaves, too.
  addEventListener("visibilitychange", () => (document.hidden ? flush() : wake()));
  // Slots may come at any time: as the page is read, or by a framework's hand.
  new MutationObserver((records) => {
    // Elements alone: what fills a slot with text must not call whoever else fills it, who would call it back.
    if (
      records.some(({ addedNodes }) => [...addedNodes].some((node) => (node as Partial<Element>).localName))
    )
      fill();
  }).observe(document, { childList: true, subtree: true });
}
