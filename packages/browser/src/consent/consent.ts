export type Purpose = "analytics" | "personalization" | "marketing";

/** What is decided; a purpose that is missing is pending. */
export type Consent = { [Each in Purpose]?: boolean | undefined };

/** Listens to one source of consent; tells each decision, and each change of it: all that the source knows, each time. */
export type ConsentSignal = (say: (consent: Consent) => void) => void;

export const EVERYTHING: Consent = { analytics: true, personalization: true, marketing: true };
