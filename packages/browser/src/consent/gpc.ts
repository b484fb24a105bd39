import type { ConsentSignal } from "./consent.ts";

/** Global Privacy Control: a no to marketing. Its absence says nothing. https://w3c.github.io/gpc/ */
export const gpc: ConsentSignal = (say) => {
  if ((navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl) say({ marketing: false });
};
