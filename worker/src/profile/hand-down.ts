import { cutSnapshot, type Program, type Reads, type Snapshot } from "@murmur/core";
import { baseFor, foldedUpTo, foldName } from "./checkpoint.ts";
import type { LogStore } from "./log-store.ts";

/** What devices run. */
export interface OnDevices {
  /** Of the manifest that is to be held. */
  hash: string;
  /** What of a log they need to know for it. */
  reads: Reads;
  /** The same, here; made when it is first asked for. */
  program: () => Program;
}

/** What the oldest of a log was folded into, for a device to go on from. */
export interface HandedDown {
  /** Names what it is and the definition that it is for: a device says which one it has. */
  name: string;
  /** What happened up to then is in it, ms. */
  at: number;
  /** None where it had to go, or cannot be read any more: the profile is what the log still holds. */
  snapshot?: Snapshot;
}

/**
 * What a device is to go on from that now has what is named `held`: nothing where it has just that; null where what it has
 * is of another log, and this one was never folded. No more traits go down than devices read.
 */
export function handDown(
  store: LogStore,
  { hash, reads, program }: OnDevices,
  held: string | undefined,
): HandedDown | null | undefined {
  const folded = foldName(store);
  const name = folded && `${folded}.${hash}`;
  if (name === held) return undefined;
  if (name === undefined) return null;
  const base = baseFor(program(), store);
  return { name, at: foldedUpTo(store), ...(base && { snapshot: cutSnapshot(base, reads) }) };
}
