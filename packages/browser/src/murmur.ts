import type { Explanation, Json, Scalar, SlotDecision, Transition } from "@murmur/core";
import { pageProperties } from "./capture/page-properties.ts";
import type { Consent, ConsentSignal } from "./consent/consent.ts";
import { consentGate } from "./consent/gate.ts";
import { gpc } from "./consent/gpc.ts";
import type debugging from "./debug.ts";
import { Device } from "./device/device.ts";
import { segmentsHere } from "./device/on-this-page.ts";
import { Listeners, type Told } from "./listeners.ts";
import { loadPart } from "./load-part.ts";
import type { Plugin } from "./plugin.ts";
import { record, type Said } from "./record.ts";
import { background, guarded, safely, wordsFrom } from "./report.ts";
import { pageSlots, type LoadRefine, type PageSlots } from "./slots/page-slots.ts";
import { watchPage } from "./watch-page.ts";

/** What Murmur starts with. */
export interface StartOptions {
  /** Where the worker runs. */
  edge: string;
  /** The signed-in customer's token. */
  identity?: string | undefined;
  /** Name of the IndexedDB database. */
  database?: string | undefined;
  /** What is allowed for as long as nobody says no. */
  consent: Consent;
  /** Where else consent is told; Global Privacy Control is always asked. */
  signals: readonly ConsentSignal[];
  /** Brings what only some slots take to be decided. */
  load: LoadRefine;
}

export interface TrackOptions {
  /** The event's own id, where the shop has one: the same id twice is one event. */
  id?: string;
}

export interface IdentifyOptions {
  /** Proof of who the customer is: a JWT (`sub`, `exp`) signed by the shop's server. */
  token?: string;
}

export type Properties = { [key: string]: Json };

/** The tag's interface. Nothing here ever throws or rejects: what is wrong is said in the console. */
export interface Murmur {
  /** Records an event; resolves when it is on disk and the segments are up to date, or when it waits for consent. */
  track(name: string, properties?: Properties, options?: TrackOptions): Promise<void>;
  /** Records a `Page Viewed` of the page as it is. */
  page(properties?: Properties): Promise<void>;
  /** Sets traits, and with a token joins this device to its customer. */
  identify(traits?: Properties, options?: IdentifyOptions): Promise<void>;
  /** What the shopper allows from now on; what is left out stays as it was. A no erases what that purpose had kept. */
  consent(consent: Consent): void;
  /** Ids of the segments that the profile is in, sorted. */
  segments(): Promise<string[]>;
  /**
   * What every slot is decided to show, and why; those that keep the page's own content are left out. Nothing as long as
   * there is no profile, or the edge, which may know the device better, has not answered it yet; null where there may be
   * none: what anybody has decided for this visitor is to go. Who shows it by themselves records its `exposures`.
   */
  slots(): Promise<Record<string, SlotDecision> | null | undefined>;
  /**
   * Calls `listener` whenever a segment is `entered` or `exited` (on one page of the device alone), or a slot is decided
   * otherwise (`slot`); returns what ends that.
   */
  on<Event extends keyof Told>(event: Event, listener: (told: Told[Event]) => void): () => void;
  /** The customer signs out: everything is forgotten but what is still to be delivered, and the device is a new one. */
  reset(): Promise<void>;
  /** Erases everything that this device has kept, and records nothing more until it is allowed anew. */
  forget(): void;
  /** Delivers and fetches now. */
  sync(): Promise<void>;
  /** The device's id, 32 hex digits. Before `analytics` is allowed it is this page's alone: kept nowhere, and sent nowhere. */
  deviceId(): Promise<string>;
  /** The edge's time, ms. */
  now(): number;
  /** The earliest instant at which some membership could change by time alone, ms. */
  nextChange(): Promise<number | undefined>;
  measure(name: string): Promise<Scalar | undefined>;
  /** Why the profile is in a segment or not. Loads what it takes to say so. */
  explain(segmentId: string): Promise<Explanation | undefined>;
  /** Opens the debug panel, a file of its own. `?murmur-debug` in the page's address does so, too. */
  debug(): Promise<void>;
  /** Adds a plugin; returns what ends its capturing. */
  use(plugin: Plugin): () => void;
}

/** Starts Murmur on this page. */
export function start({ edge, identity, database, consent, signals, load }: StartOptions): Murmur {
  wordsFrom(edge);
  const listeners = new Listeners();
  const plugins: Plugin[] = [];
  const onChange = (transitions: readonly Transition[]): void => {
    slots.fill();
    background(listeners.tellOnce(device, transitions));
  };
  const device = new Device({
    edge,
    database: database || "murmur",
    onChange,
    onDelivered(entries) {
      for (const plugin of plugins) guarded(() => plugin.deliver?.(entries))();
    },
    // As if it had been said by a call here: no other source takes it back by saying what it has said before.
    onSaid(said) {
      Object.assign(own, said);
      decide(said, true);
    },
  });
  const slots = pageSlots(
    device,
    listeners,
    ({ name, properties }) => void murmur.track(name, properties as Properties),
    load,
  );
  watchPage(device, slots.refill);
  const own: Consent = {};
  const decide = guarded((decided: Consent, elsewhere?: boolean): void => {
    device.allow(decided, elsewhere);
    // A no counts at once, also where there was no profile yet.
    onChange([]);
  });
  const say = guarded(consentGate(decide, own));
  const murmur = face(device, edge, listeners, slots, plugins, (said) => say(own, Object.assign(own, said)));
  if (identity) void murmur.identify({}, { token: identity });
  say(device, consent);
  for (const signal of [gpc, ...signals]) guarded(signal)((said) => say(signal, said));
  if (location.search.includes("murmur-debug")) void murmur.debug();
  return murmur;
}

function face(
  device: Device,
  edge: string,
  listeners: Listeners,
  slots: PageSlots,
  plugins: Plugin[],
  say: (said: Consent) => void,
): Murmur {
  const ask = async <Answer>(answer: () => Answer | Promise<Answer>): Promise<Answer> => {
    await safely(() => device.settled());
    return answer();
  };
  const profile = () => device.state.engine.profile;
  const debug = (): Promise<typeof debugging> => loadPart(edge, "debug");
  // From the first line on: the page may have broken what it is done with.
  const keep = (said: Said): Promise<void> => safely(() => record(device, plugins, said));
  const track: Murmur["track"] = (name, properties, options) =>
    keep({ ...options, type: "event", name, properties: properties ?? {} });
  const murmur: Murmur = {
    track,
    page: (properties) => track("Page Viewed", { ...pageProperties(), ...properties }),
    async identify(traits, options) {
      const token = options?.token;
      // Begun first: the traits are those of whom the token names.
      const joined = typeof token === "string" && safely(() => device.join(token));
      if (traits && Object.keys(traits).length > 0) await keep({ type: "identify", traits });
      await joined;
    },
    consent: say,
    on: (event, listener) => listeners.add(event, listener),
    reset: () => safely(() => device.join()),
    forget: () => murmur.consent({ analytics: false }),
    sync: async () => void (await safely(() => device.deliver())),
    now: () => device.state.now(),
    deviceId: () => ask(() => device.state.meta.device),
    segments: () => ask(() => segmentsHere(device.state.engine)),
    slots: () => ask(slots.decisions),
    nextChange: () => ask(() => profile()?.nextChange()),
    measure: (name) => ask(() => profile()?.measure(name)),
    explain: (segmentId) => safely(async () => (await debug()).explain(device, edge, segmentId)),
    debug: () => safely(async () => (await debug()).openFor(device, listeners, edge)),
    use: (plugin) => {
      plugins.push(plugin);
      let stop: (() => void) | void;
      guarded(() => (stop = plugin.capture?.(murmur)))();
      return guarded(() => stop?.());
    },
  };
  return murmur;
}
