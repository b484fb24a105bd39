import { mark } from "./probe.ts";

/**
 * What any tag asks of the browser as it starts that keeps what happens, watches the page and heeds a privacy signal: each
 * call once, which is its dearest time, and nothing made of the answers.
 */
mark("evaluated");
const script = document.currentScript as HTMLScriptElement;
const { edge = new URL(script.src).origin } = script.dataset;
const noop = (): void => {};
for (const event of ["pageshow", "pagehide", "visibilitychange", "online"]) addEventListener(event, noop);
document.addEventListener("prerenderingchange", noop);
new MutationObserver(noop).observe(document, { childList: true, subtree: true });
const { navigation } = window as { navigation?: Navigation };
if (navigation?.currentEntry) navigation.addEventListener("currententrychange", noop);
const seen = {
  edge,
  slots: document.querySelectorAll("[data-murmur-slot]").length,
  painted: performance.getEntriesByType("paint").length,
  hidden: document.hidden,
  gpc: (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl,
  id: crypto.getRandomValues(new Uint8Array(16)).join(),
  url: location.href,
  title: document.title,
  referrer: document.referrer,
};
JSON.parse(JSON.stringify(seen));
indexedDB.open("first-calls", 1);
mark("ready");
