import type { Context, Definition, Entry, SlotDecision, Snapshot } from "@murmur/core";

/** What the panel is shown: the tag as it is. The panel only ever looks. */
export interface DebugSource {
  /** Everything there is to see, at this instant. */
  look(): Promise<Look>;
  /** Calls `listener` after something has changed; returns what ends that. */
  onChange(listener: () => void): () => void;
}

export type ConsentState = "pending" | "granted" | "denied";

export interface LookRow {
  /** Counts up in order of arrival on this device. */
  n: number;
  entry: Entry;
  /** Came down from the edge. */
  remote?: string;
  /** The edge has refused it. */
  refused?: true;
}

export interface Look {
  /** The edge's time, ms. */
  now: number;
  device: string;
  /** The customer that the device has joined. */
  subject?: string;
  /** None before the first one is here. */
  manifest?: { hash: string; definition: Definition };
  /** Of the profile at `now`. */
  snapshot?: Snapshot;
  /** The latest rows of the log, the newest last; at most 100. */
  rows: readonly LookRow[];
  /** Rows up to this number are at the edge. */
  delivered: number;
  slots: Readonly<Record<string, SlotDecision>>;
  consent: { analytics: ConsentState; personalization: ConsentState; marketing: ConsentState };
  context: Context;
}
