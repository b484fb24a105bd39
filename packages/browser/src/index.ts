export { init } from "./init.ts";
export type { MurmurOptions } from "./init.ts";
export type { IdentifyOptions, Murmur, Properties, TrackOptions } from "./murmur.ts";
export type { Consent, ConsentSignal, Purpose } from "./consent/consent.ts";
export type { SlotChange, Told } from "./listeners.ts";
export type { Captured, Plugin, Recorder } from "./plugin.ts";
export { consentMode } from "./consent/consent-mode.ts";
export { shopify as shopifyConsent } from "./consent/shopify.ts";
export { tcf } from "./consent/tcf.ts";
