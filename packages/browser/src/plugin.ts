import type { Entry } from "@murmur/core";
import type { Murmur, Properties } from "./murmur.ts";

/** An event on its way into the log. */
export interface Captured {
  /** A name of the Segment e-commerce spec, or the shop's own. */
  name: string;
  properties: Properties;
}

/** What a plugin records with. Nothing here ever throws or rejects. */
export type Recorder = Pick<Murmur, "track" | "page" | "identify">;

/**
 * What can be added to the tag: a source of events, something that every event gains, somewhere else that events go.
 * The adapters of `@murmur/browser` are plugins like any other. A fault in one is reported and stays in it.
 */
export interface Plugin {
  /** Names it in reports. */
  readonly name: string;
  /** Watches the page, and records what it sees or asks for more; returns what ends that. */
  capture?(murmur: Murmur): (() => void) | void;
  /** Sees every event before it is recorded, and returns it, changed or not; undefined drops it. */
  enrich?(event: Captured): Captured | undefined;
  /** Told what the edge has taken, after it did. */
  deliver?(entries: readonly Entry[]): void;
}
