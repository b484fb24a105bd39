import { refine } from "@murmur/core";
import { captureVisit } from "./capture/capture-visit.ts";
import { EVERYTHING, type Consent, type ConsentSignal } from "./consent/consent.ts";
import { start, type Murmur } from "./murmur.ts";
import type { Plugin } from "./plugin.ts";
import { guarded } from "./report.ts";

export interface MurmurOptions {
  /** Where the worker runs, as `https://edge.shop.example`. */
  edge: string;
  /** The signed-in customer's token, signed by the shop's server. */
  identity?: string;
  /** Name of the IndexedDB database; `murmur` by default. */
  database?: string;
  /**
   * What the shopper allows before anything is said. `opt-in`, the default: nothing is recorded, decided or sent until
   * `consent()` or a signal says so; `opt-out`: everything is, until then. Global Privacy Control is a no to marketing.
   */
  consent?: "opt-in" | "opt-out" | Consent;
  /** Whether page views and clicks in e-mails are recorded by themselves, as is the default. */
  capture?: boolean;
  /** Where else consent is told, as by a consent management platform. Global Privacy Control is always asked. */
  signals?: readonly ConsentSignal[];
  plugins?: readonly Plugin[];
}

/** Starts Murmur on this page. */
export function init(options: MurmurOptions): Murmur {
  const { capture = true, consent = "opt-in", plugins = [], signals = [], ...rest } = options;
  const allowed = consent === "opt-out" ? EVERYTHING : {};
  const murmur = start({ ...rest, consent: allowed, signals, load: async () => refine });
  for (const plugin of plugins) murmur.use(plugin);
  if (capture) guarded(captureVisit)(murmur);
  if (typeof consent === "object") murmur.consent(consent);
  return murmur;
}
