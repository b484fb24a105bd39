/** A value as JSON knows it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A value that can be compared, counted and indexed by itself. */
export type Scalar = string | number | boolean;

/** Something that happened to one customer. */
export interface MurmurEvent {
  /** Unique in the world: the same id twice is one event. */
  id: string;
  /** A name of the Segment e-commerce spec, such as `Product Viewed`, or the shop's own. */
  name: string;
  /** Integer milliseconds UTC. */
  timestamp: number;
  properties?: { [key: string]: Json };
}

/** What became known of the customer: last write wins for each top-level key, `null` removes. */
export interface Identify {
  id: string;
  /** Integer milliseconds UTC. */
  timestamp: number;
  traits: { [key: string]: Json };
}

export interface EventEntry extends MurmurEvent {
  type: "event";
}

export interface IdentifyEntry extends Identify {
  type: "identify";
}

/** One line of a profile's log. The log is a set of entries: neither order of arrival nor repetition means anything. */
export type Entry = EventEntry | IdentifyEntry;
