import type { Consent } from "../profile/consent.ts";
import type { VisitSettings } from "./settings.ts";

/**
 * The first-party cookie that tells the edge what the visitor has decided, before a page is made: three characters for
 * analytics, personalization and marketing, each `1` for a yes, `0` for a no, `-` for pending. No name of the tag's
 * device cookies has a hyphen.
 */
export const CONSENT_COOKIE = "murmur-consent";

const SAID = /^[01-]{3}$/;

/**
 * What a visitor allows, as far as the edge can know: what the cookie says; what is not decided there, as the shop has it for
 * where the visitor is.
 * Global Privacy Control is a no to marketing: https://w3c.github.io/gpc/
 */
export function consentOf(request: Request, cookie: string | undefined, settings: VisitSettings): Consent {
  const said = cookie !== undefined && SAID.test(cookie) ? cookie : "---";
  const undecided = settings.consent === "opt-out" && !asksFirst(request, settings) ? true : undefined;
  const [analytics, personalization, marketing] = [...said].map((answer) =>
    answer === "-" ? undecided : answer === "1",
  );
  return {
    analytics,
    personalization,
    marketing: request.headers.get("sec-gpc")?.trim() === "1" ? false : marketing,
  };
}

/** Whether the visitor is where the shop must ask first, or may be. */
function asksFirst({ cf }: Request, { optInCountries }: VisitSettings): boolean {
  if (optInCountries.length === 0) return false;
  const { country, isEUCountry } = (cf ?? {}) as { country?: string; isEUCountry?: string };
  // `XX` is nowhere known, `T1` is Tor. https://developers.cloudflare.com/fundamentals/reference/http-headers/#cf-ipcountry
  if (!country || country === "XX" || country === "T1") return true;
  return optInCountries.includes(country) || (isEUCountry === "1" && optInCountries.includes("EU"));
}
