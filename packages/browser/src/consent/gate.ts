import type { Consent, Purpose } from "./consent.ts";

const PURPOSES: readonly Purpose[] = ["analytics", "personalization", "marketing"];

/**
 * What several sources say, as one: a no of any of them is a no, else a yes of any is a yes, else it is pending. Each source
 * says all that it knows each time.
 */
export function consentGate(decide: (consent: Consent) => void): (source: unknown, said: Consent) => void {
  const sources = new Map<unknown, Consent>();
  return (source, said) => {
    sources.set(source, said);
    const all = [...sources.values()];
    const consent = PURPOSES.map((purpose) => {
      const isDenied = all.some((each) => each[purpose] === false);
      return [purpose, !isDenied && (all.some((each) => each[purpose]) || undefined)];
    });
    decide(Object.fromEntries(consent) as Consent);
  };
}
