import type { Context } from "@murmur/core";

/** Narrowest side of a tablet's screen, as Android draws the line (`sw600dp`). */
const TABLET = 600;

/** What this page knows of the visit. The edge knows the rest: country, region, city. */
export function pageContext(): Context {
  const { width, height } = screen;
  // By its main pointer: a laptop with a touch screen has a fine one, a tablet with a keyboard a coarse one.
  const isHeld = matchMedia("(pointer: coarse)").matches;
  const utm: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(location.search))
    if (name.startsWith("utm_")) utm[name.slice(4)] = value;
  return {
    device: !isHeld ? "desktop" : Math.min(width, height) < TABLET ? "mobile" : "tablet",
    language: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    referrer: document.referrer,
    utm,
    path: location.pathname,
  };
}
