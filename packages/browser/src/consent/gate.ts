import { EVERYTHING, type Consent, type Purpose } from "./consent.ts";

const PURPOSES = Object.keys(EVERYTHING) as Purpose[];

/**
 * What several sources say, as one: a no of any of them is a no, else a yes of any is a yes, else it is pending. Each source
 * says all that it knows each time; `own` is one whose word may change without being said.
 */
export function consentGate(
  decide: (consent: Consent) => void,
  own: Consent,
): (source: unknown, said: Consent) => void {
  const sources = new Map<unknown, Consent>([[own, own]]);
  return (source, said) => {
    sources.set(source, said);
    const consent: Consent = {};
    for (const purpose of PURPOSES)
      for (const { [purpose]: own } of sources.values())
        if (own === false || (own === true && consent[purpose] === undefined)) consent[purpose] = own;
    decide(consent);
  };
}
