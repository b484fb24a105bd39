import type { AllowedDevice } from "./device/allowed-device.ts";
import { background, guarded } from "./report.ts";

/** Follows the page's life: its clock may have slept, its slots may not have been there yet, it may go for good. */
export function watchPage(device: AllowedDevice, fill: () => void): void {
  const wake = guarded(() => device.state.engine.wake());
  addEventListener("pageshow", wake);
  addEventListener("online", () => background(device.deliver()));
  const flush = guarded(() => device.flush());
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => (document.hidden ? flush() : wake()));
  // Slots may come at any time: as the page is read, or by a framework's hand.
  new MutationObserver((records) => {
    if (records.some(({ addedNodes }) => addedNodes.length > 0)) fill();
  }).observe(document, { childList: true, subtree: true });
}
