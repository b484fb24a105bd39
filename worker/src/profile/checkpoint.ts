import {
  carryOver,
  stateNames,
  withStatesOf,
  type Entry,
  type NamedSnapshot,
  type Profile,
  type Program,
  type Snapshot,
} from "@murmur/core";
import { contributionsOf, type KeptContribution } from "../experiments/contribution.ts";
import { countingFor } from "../experiments/experiment.ts";
import type { LogSize, LogStore } from "./log-store.ts";

/** How far back a log reaches, ms. */
export const KEPT = 400 * 864e5;
/** How many entries a log holds. */
export const MAX_LOG = 10_000;
/** How much its entries may say, bytes: with all of it in memory at once, as a replay has it, an object of 128 MB has room. */
const MAX_BYTES = 16_777_216;
/** How much more than it must is folded at a time, so that it is not done for every entry: entries, bytes, and ms. */
const ROOM = 500;
const ROOM_BYTES = 1_048_576;
const DAY = 864e5;

/**
 * What the oldest of a log has been folded into, for the edge and for devices. Replays start from it; what is older than it is
 * refused. Each state has the name of what made it, so that another definition can go on from those that it shares.
 */
export interface Checkpoint extends NamedSnapshot {
  /** Up to when, ms: what happened then is in it. */
  upTo: number;
  /** Whose entries are in it. */
  devices: string[];
  /** What they contributed to experiments, where they did. */
  contributions?: KeptContribution[];
}

/** The instant up to which a log has been folded, ms; -Infinity when it never was. */
export function foldedUpTo(store: LogStore): number {
  return store.get<number>("folded-up-to") ?? -Infinity;
}

/** Names what a log was folded into: another one after every fold, and when it goes. Undefined when it never was. */
export function foldName(store: LogStore): string | undefined {
  return store.get<string>("fold-name");
}

export function checkpointOf(store: LogStore): Checkpoint | undefined {
  return store.get<Checkpoint>("checkpoint");
}

/**
 * Goes on from the checkpoint of a log that joins this one, where everything here is later. Two checkpoints cannot be made
 * one: else this one's stays, and what the other had folded is gone. Says whether it did: a profile is to be made anew then.
 */
export function takeOver(store: LogStore, checkpoint: Checkpoint): boolean {
  if (foldedUpTo(store) > -Infinity || store.size().oldest <= checkpoint.upTo) return false;
  keep(store, checkpoint);
  return true;
}

/** Whether the checkpoint has entries of a device in it, which cannot be taken out of it. */
export function isFolded(store: LogStore, device: string): boolean {
  return checkpointOf(store)?.devices.includes(device) ?? false;
}

/** Whether so much is in a log, or of such an age, that it is to be folded. */
export function isOverfull({ entries, oldest, bytes }: LogSize, now: number): boolean {
  return entries > MAX_LOG || bytes > MAX_BYTES || oldest <= now - KEPT - DAY;
}

/** Folds the oldest of a log into the checkpoint, for `devices` what they run. Run it within a transaction. */
export function fold(program: Program, store: LogStore, now: number, devices = program): void {
  const { entries: count, bytes } = store.size();
  // Cut between two instants: what happened at one is folded together.
  const tooMany = count > MAX_LOG ? store.instantAt(count - MAX_LOG + ROOM - 1) : -Infinity;
  const tooLarge = bytes > MAX_BYTES ? store.instantBefore(MAX_BYTES - ROOM_BYTES) : -Infinity;
  // Never less than before: what was folded must not come in again.
  const upTo = Math.max(tooMany, tooLarge, now - KEPT, foldedUpTo(store));
  // No more at a time than a log may be.
  for (let left = bytes; left > MAX_BYTES; left = store.size().bytes) {
    const part = store.instantBefore(left - MAX_BYTES);
    if (part >= upTo) break;
    foldUpTo(part, { program, store, devices });
  }
  foldUpTo(upTo, { program, store, devices });
}

/** The same of a log from before it was measured that is more than memory holds, for who is to look at it as a whole. */
export function foldTooLarge(program: Program, store: LogStore, now: number, devices?: () => Program): void {
  if (store.size().bytes > 2 * MAX_BYTES) fold(program, store, now, devices?.());
}

function foldUpTo(
  upTo: number,
  { program, store, devices }: { program: Program; store: LogStore; devices: Program },
): void {
  const folded = store.upTo(upTo);
  const entries = folded.map(({ entry }) => entry);
  const at = (of: Program): NamedSnapshot => {
    const profile = madeAnew(of, store, entries);
    profile.advance(upTo);
    const snapshot = profile.snapshot();
    return { snapshot, names: stateNames(of, snapshot) };
  };
  const before = checkpointOf(store);
  const checkpoint: Checkpoint = {
    ...(devices === program ? at(program) : withStatesOf(at(program), at(devices))),
    upTo,
    devices: [...new Set([...(before?.devices ?? []), ...folded.map(({ device }) => device)])],
    contributions: contributionsOf(countingFor(program), entries, before?.contributions),
  };
  keep(store, checkpoint);
  store.removeUpTo(upTo);
}

function keep(store: LogStore, checkpoint: Checkpoint): void {
  store.put("checkpoint", checkpoint);
  store.put("folded-up-to", checkpoint.upTo);
  store.put("fold-name", crypto.randomUUID());
}

/** A profile made of the checkpoint, where there is one, and of entries that are all later; at the last of them. */
export function madeAnew(program: Program, store: LogStore, entries: Iterable<Entry>): Profile {
  const profile = program.profile();
  profile.replay(entries, baseFor(program, store));
  return profile;
}

/** The checkpoint as this program can go on from it; of another one, what computes the same. */
export function baseFor(program: Program, store: LogStore): Snapshot | undefined {
  const checkpoint = checkpointOf(store);
  if (!checkpoint) return undefined;
  try {
    return carryOver(program, checkpoint.snapshot, checkpoint.names);
  } catch {
    // Damaged, or of an engine that kept its states otherwise: the log is what is left.
    return undefined;
  }
}

/** Forgets the checkpoint, but not up to when: what was folded must not come in again. */
export function dropCheckpoint(store: LogStore): void {
  store.drop("checkpoint");
  store.put("fold-name", crypto.randomUUID());
}
