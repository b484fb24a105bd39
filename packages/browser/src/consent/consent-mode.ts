import { guarded } from "../report.ts";
import type { Consent, ConsentSignal, Purpose } from "./consent.ts";
import { seek } from "./seek.ts";

/** `gtag("consent", "update", { analytics_storage: "granted" })`, as `arguments` or as a list. */
type Call = [command: unknown, kind: unknown, settings: Record<string, unknown>] | undefined;

/** The types of consent that each purpose needs, all of them. */
const TYPES: [Purpose, ...string[]][] = [
  ["analytics", "analytics_storage"],
  ["personalization", "personalization_storage"],
  ["marketing", "ad_user_data", "ad_personalization"],
];

/** The longest that a default is waited with, ms. */
const LONGEST = 1e5;

/**
 * Google Consent Mode v2, from the `dataLayer`. An update is a decision. A default is what holds until there is one: one
 * that denies leaves the purpose pending, for most pages set it before they tell what the visitor decided last time; one
 * that grants is a yes, once it has waited for an update as long as it says (`wait_for_update`, ms), unless it is for some
 * region, or another denies it for one, which the visitor may be in.
 */
export const consentMode: ConsentSignal = (say) => {
  /** By type; null is denied by default. */
  const told: Record<string, boolean | null> = {};
  let updated = false;
  /** Until when defaults wait for an update, ms of the page's own clock. */
  let until = 0;

  const read = guarded((call: Call) => {
    if (call?.[0] !== "consent") return;
    const [, kind, settings] = call;
    if (kind === "update") updated = true;
    else if (updated) return;
    const wait = Math.min(+(settings["wait_for_update"] as number) || 0, LONGEST);
    until = Math.max(until, performance.now() + wait);
    for (const [type, answer] of Object.entries(settings)) {
      const granted = answer === "granted";
      if (!granted && answer !== "denied") continue;
      if (updated) told[type] = granted;
      else if (!granted) told[type] = null;
      else if (!settings["region"] && told[type] === undefined) told[type] = true;
    }
    // Once the script is done that calls: a default for everyone is followed by others for regions.
    queueMicrotask(tell);
  });

  const tell = guarded(() => {
    const left = until - performance.now();
    if (!updated && left > 0) return void setTimeout(tell, left);
    const consent: Consent = {};
    for (const [purpose, ...types] of TYPES) {
      const answers = types.map((type) => told[type]);
      if (answers.includes(false)) consent[purpose] = false;
      else if (answers.every(Boolean)) consent[purpose] = true;
    }
    say(consent);
  });

  seek(() => {
    const { dataLayer: layer } = window as unknown as { dataLayer: Call[] };
    layer.forEach(read);
    const { push } = layer;
    // Google's tags come later or were there before: they call the `push` that they find, as this one does.
    layer.push = (...calls) => {
      calls.forEach(read);
      return push.apply(layer, calls);
    };
    return true;
  });
};
