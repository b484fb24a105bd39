import { guarded } from "../report.ts";
import type { Consent, ConsentSignal, Purpose } from "./consent.ts";
import { seek } from "./seek.ts";

type Asked = "analytics" | "preferences" | "marketing";
type Allowed = "analyticsProcessingAllowed" | "preferencesProcessingAllowed" | "marketingAllowed";
type CustomerPrivacy = Record<Allowed, () => boolean> & {
  currentVisitorConsent(): Partial<Record<Asked, string>>;
};

interface Page {
  Shopify: {
    customerPrivacy: CustomerPrivacy;
    loadFeatures?: (features: { name: string; version: string }[], then: (error?: unknown) => void) => void;
  };
}

const PURPOSES: [Purpose, Asked, Allowed][] = [
  ["analytics", "analytics", "analyticsProcessingAllowed"],
  ["personalization", "preferences", "preferencesProcessingAllowed"],
  ["marketing", "marketing", "marketingAllowed"],
];

/**
 * Shopify's Customer Privacy API, which knows the visitor's region and the shop's rules for it. What is not allowed is a
 * no once the visitor was asked, and pending until then. https://shopify.dev/docs/api/customer-privacy
 */
export const shopify: ConsentSignal = (say) => {
  const read = () => {
    const { customerPrivacy: privacy } = (window as unknown as Page).Shopify;
    const answers = privacy.currentVisitorConsent();
    const consent: Consent = {};
    for (const [purpose, asked, allowed] of PURPOSES) {
      const yes = privacy[allowed]() === true;
      if (yes || (answers[asked] ?? "") !== "") consent[purpose] = yes;
    }
    say(consent);
    return true;
  };
  let isAsked = false;
  const find = () => {
    const { Shopify: shop } = window as unknown as Page;
    if (!isAsked && !shop.customerPrivacy?.currentVisitorConsent && shop.loadFeatures) {
      // Where the theme has no banner, nobody else asks for the API, and it never comes.
      isAsked = true;
      shop.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], (error) => {
        if (!error) seek(read);
      });
    }
    return read();
  };
  const again = () => {
    try {
      read();
    } catch {
      // Not there yet.
    }
  };
  // On another page, of which this one, kept for the back button or in another tab, has heard nothing.
  addEventListener("pageshow", again);
  document.addEventListener("visibilitychange", again);
  // Its detail is what the same functions return.
  document.addEventListener("visitorConsentCollected", guarded(read));
  seek(find);
};
