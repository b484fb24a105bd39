import { entryProblem, type Explanation, type Json, type Scalar, type Transition } from "@murmur/core";
import type * as Debug from "./debug.ts";
import { Device } from "./device/device.ts";
import { localNow } from "./device/device-state.ts";
import type { Draft } from "./log/device-log.ts";
import { randomId } from "./device/random-id.ts";
import { background, guarded, report, safely } from "./report.ts";
import { SlotFiller } from "./slots/slot-filler.ts";

export interface MurmurOptions {
  /** Where the worker runs, as `https://edge.shop.example`. */
  edge: string;
  /** The signed-in customer's token, signed by the shop's server. */
  identity?: string;
  /** Name of the IndexedDB database; `murmur` by default. */
  database?: string;
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
export type TransitionListener = (transition: Transition) => void;

/** The tag's interface. Nothing here ever throws or rejects: what is wrong is said in the console. */
export interface Murmur {
  /** Records an event; resolves when it is on disk and the segments are up to date. */
  track(name: string, properties?: Properties, options?: TrackOptions): Promise<void>;
  /** Records a `Page Viewed` of the page as it is. */
  page(properties?: Properties): Promise<void>;
  /** Sets traits, and with a token joins this device to its customer. */
  identify(traits?: Properties, options?: IdentifyOptions): Promise<void>;
  /** Ids of the segments that the profile is in, sorted. */
  segments(): Promise<string[]>;
  /** Calls `listener` whenever a segment is entered or exited; returns what ends that. */
  on(change: Transition["change"], listener: TransitionListener): () => void;
  /** The customer signs out: delivers, forgets everything, starts as a new device. */
  reset(): Promise<void>;
  /** Delivers and fetches now. */
  sync(): Promise<void>;
  deviceId(): Promise<string>;
  /** The edge's time, ms. */
  now(): number;
  /** The earliest instant at which some membership could change by time alone, ms. */
  nextChange(): Promise<number | undefined>;
  measure(name: string): Promise<Scalar | undefined>;
  /** Why the profile is in a segment or not. Loads what it takes to say so. */
  explain(segmentId: string): Promise<Explanation | undefined>;
}

/** Starts Murmur on this page. */
export function init(options: MurmurOptions): Murmur {
  const listeners = { entered: new Set<TransitionListener>(), exited: new Set<TransitionListener>() };
  const filler = new SlotFiller(document);
  const device = new Device({
    edge: options.edge,
    database: options.database ?? "murmur",
    onChange(transitions) {
      fill();
      for (const transition of transitions) notify(listeners[transition.change], transition);
    },
  });
  const fill = guarded(() => filler.fill(device.state.engine.slots()));
  watchPage(device, fill);
  // A module: no policy of the page's (CSP, Trusted Types) stands against it that lets the tag itself in.
  const debug = () => import(/* @vite-ignore */ `${options.edge}/murmur-debug.js`);
  const murmur = face(device, listeners, debug);
  if (options.identity) void murmur.identify({}, { token: options.identity });
  return murmur;
}

function face(
  device: Device,
  listeners: Record<Transition["change"], Set<TransitionListener>>,
  debug: () => Promise<typeof Debug>,
): Murmur {
  const track: Murmur["track"] = (name, properties, options) =>
    append(device, {
      type: "event",
      id: options?.id ?? randomId(),
      name,
      properties: copy(properties ?? {}),
      at: localNow(),
    });
  const ask = async <Answer>(answer: () => Answer): Promise<Answer> => {
    await safely(() => device.state.settled());
    return answer();
  };
  const profile = () => device.state.engine.profile;
  return {
    track,
    page: (properties) => track("Page Viewed", { ...pageProperties(), ...properties }),
    async identify(traits, options) {
      if (traits && Object.keys(traits).length > 0)
        await append(device, { type: "identify", id: randomId(), traits: copy(traits), at: localNow() });
      const token = options?.token;
      if (typeof token === "string") await safely(() => device.join(token));
    },
    on(change, listener) {
      if (change !== "entered" && change !== "exited") {
        report("unknown_change", 'on() takes "entered" or "exited"');
        return () => {};
      }
      listeners[change].add(listener);
      return () => void listeners[change].delete(listener);
    },
    reset: async () => void (await safely(() => device.restart())),
    sync: async () => void (await safely(() => device.deliver())),
    now: () => device.state.now(),
    deviceId: () => ask(() => device.state.meta.device),
    segments: () => ask(() => profile()?.segments() ?? []),
    nextChange: () => ask(() => profile()?.nextChange()),
    measure: (name) => ask(() => profile()?.measure(name)),
    async explain(segmentId) {
      const seen = await ask(() => device.state.engine.inspect());
      return seen && safely(async () => (await debug()).explain(seen.definition, seen.snapshot, segmentId));
    },
  };
}

async function append(device: Device, draft: Draft): Promise<void> {
  const { at, ...rest } = draft;
  const problem = entryProblem({ ...rest, timestamp: at });
  if (problem) report(`refused_${problem.reason}`, `not recorded for its ${problem.path}`, draft);
  else await safely(() => device.append(draft));
}

/** A copy as JSON, so that what the page changes later does not matter; what is no JSON is told by `entryProblem`. */
function copy(properties: Properties): Properties {
  try {
    return JSON.parse(JSON.stringify(properties)) as Properties;
  } catch {
    return properties;
  }
}

function notify(listeners: ReadonlySet<TransitionListener>, transition: Transition): void {
  for (const listener of listeners) {
    try {
      listener(transition);
    } catch (error) {
      report("listener", "a listener of the page failed", error);
    }
  }
}

/** Follows the page's life: its clock may have slept, its slots may not have been there yet, it may go for good. */
function watchPage(device: Device, fill: () => void): void {
  const wake = guarded(() => device.state.engine.wake());
  addEventListener("pageshow", wake);
  addEventListener("online", () => background(device.deliver()));
  const flush = guarded(() => device.flush());
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () =>
    document.visibilityState === "hidden" ? flush() : wake(),
  );
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", fill);
}

function pageProperties(): Properties {
  const { pathname: path, search, href: url } = location;
  return { path, search, url, title: document.title, referrer: document.referrer };
}
