import type { Entry, Transition } from "@murmur/core";
import type { DeviceConsent } from "./consent.ts";

/** An entry as a profile's log holds it. */
export interface StoredEntry {
  /** Counts up in order of arrival: one more than was ever given. */
  n: number;
  /** The device that sent it, or SERVER. */
  device: string;
  entry: Entry;
}

/** Whom an entry is from that no device has sent: the shop's server, an e-mail provider. */
export const SERVER = "server";

/** A device, as a profile knows it. */
export interface DeviceRecord {
  id: string;
  /**
   * `joining` and `leaving` while its log is on the way, so that what breaks off is gone on with; `apart` when this profile
   * only knows what was said on it.
   */
  state: "joining" | "joined" | "leaving" | "apart";
  /** When the customer removed it, ms by the machine's clock: a token from before does not bring it back. */
  removed?: number;
  consent?: DeviceConsent;
}

/** How much a log holds. */
export interface LogSize {
  entries: number;
  /** Of its oldest entry, ms; Infinity of an empty log. */
  oldest: number;
  /** What its entries say, as `sizeOf` has it. */
  bytes: number;
}

/** What an entry says but its id and instant, as JSON: most are events, of which it is name and properties, without the words for them. */
export function bodyOf({ id: _id, timestamp: _timestamp, ...said }: Entry): string {
  if (said.type !== "event") return JSON.stringify(said);
  const { name, properties } = said;
  return JSON.stringify(properties ? [name, properties] : [name]);
}

const utf8 = new TextEncoder();

/** How much an entry says, bytes of UTF-8. */
export function sizeOf(entry: Entry): number {
  return utf8.encode(bodyOf(entry)).length;
}

/** Where a profile's log and all that hangs on it are kept. Everything is synchronous, as Durable Object SQLite is. */
export interface LogStore {
  /** Adds an entry; false, and nothing changed, when its id is there already. */
  add(entry: Entry, device: string): boolean;
  /** The instant of an entry, ms. */
  timestampOf(id: string): number | undefined;
  /** Entries after a number, in order of arrival. */
  after(number: number, limit: number): StoredEntry[];
  /** Entries that one device has sent, after a number, in order of arrival. */
  ofDevice(device: string, number: number, limit: number): StoredEntry[];
  /** Entries up to an instant, itself included, in order of arrival. */
  upTo(timestamp: number): StoredEntry[];
  /** The whole log, in order of arrival. */
  all(): Iterable<Entry>;
  /** The highest number that was ever given: that of an entry which is gone is given to no other. */
  lastNumber(): number;
  size(): LogSize;
  /** The instant of the entry that so many are older than, ms. */
  instantAt(older: number): number;
  /** The instant of the latest entry that is not among the latest that so many bytes hold, ms; -Infinity where all are. */
  instantBefore(bytes: number): number;
  removeUpTo(timestamp: number): void;
  removeOfDevice(device: string): void;
  device(id: string): DeviceRecord | undefined;
  devices(): DeviceRecord[];
  putDevice(record: DeviceRecord): void;
  removeDevice(id: string): void;
  /** A value by name, as it was put: plain JSON. */
  get<Value>(name: string): Value | undefined;
  put(name: string, value: unknown): void;
  drop(name: string): void;
  addTransitions(transitions: readonly Transition[]): void;
  /** The latest transitions, oldest first. */
  transitions(limit: number): Transition[];
  forgetTransitions(): void;
  /** Empties the log, and all that was made of it: what is left is the devices. */
  clear(): void;
  /** All or nothing: what `work` did is undone when it throws. */
  transaction<Result>(work: () => Result): Result;
}
