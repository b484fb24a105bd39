import { guarded } from "../report.ts";
import type { Consent, ConsentSignal, Purpose } from "./consent.ts";
import { seek } from "./seek.ts";

type Asked = "analytics" | "preferences" | "marketing";
type Allowed = "analyticsProcessingAllowed" | "preferencesProcessingAllowed" | "marketingAllowed";
type CustomerPrivacy = Record<Allowed, () => boolean> & {
  currentVisitorConsent(): Partial<Record<Asked, string>>;
};

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
    const privacy = (window as unknown as { Shopify: { customerPrivacy: CustomerPrivacy } }).Shopify
      .customerPrivacy;
    const answers = privacy.currentVisitorConsent();
    const consent: Consent = {};
    for (const [purpose, asked, allowed] of PURPOSES) {
      const yes = privacy[allowed]() === true;
      if (yes || (answers[asked] ?? "") !== "") consent[purpose] = yes;
    }
    say(consent);
    return true;
  };
  // Its detail is what the same functions return.
  document.addEventListener("visitorConsentCollected", guarded(read));
  seek(read);
};
