import { PLAN_VERSION, type Entry, type Manifest, type Transition } from "@murmur/core";
import type { Checkpoint, SyncResponse } from "../deliver/sync-protocol.ts";
import { toJson } from "../json.ts";
import { freshMeta, type DeviceMeta } from "./device-meta.ts";
import type { Row } from "./row.ts";
import type { Transaction } from "./store.ts";

/** A delivery that was answered. */
export interface Delivery {
  /** The device as it was; when it is another one by now, nothing is changed. */
  before: Readonly<DeviceMeta>;
  /** The rows after `before.delivered`, up to this one, were to be delivered; of them these entries were sent. */
  upTo: number;
  entries: readonly Entry[];
  answer: SyncResponse;
  /** What is to be added to this machine's clock as it is now, ms. */
  shift: number;
}

/** Adds an entry, unless its id is there already; returns it as it is kept. */
export async function add(transaction: Transaction, meta: DeviceMeta, own: Omit<Row, "n">): Promise<Row> {
  const known = await find(transaction, own.entry.id);
  if (known) return known;
  const row = { ...own, n: ++meta.last };
  transaction.put(row.n, row);
  return row;
}

/** Applies what a delivery brought. */
export async function settle(
  transaction: Transaction,
  meta: DeviceMeta,
  { before, upTo, entries, answer, shift }: Delivery,
): Promise<void> {
  if (before.device !== meta.device) return;
  const { entries: gained, log, cursor, unit, allocations, checkpoint } = answer;
  const timestamps = new Map(Object.entries(answer.timestamps));
  for (const row of await transaction.rowsAfter(before.delivered)) {
    const { id, timestamp } = row.entry;
    // What was not sent yet moves by what the clock was off.
    const at =
      timestamps.get(id) ?? timestamp + (entries.some((entry) => entry.id === id) ? 0 : answer.shift);
    const isRefused = answer.rejected.some((entry) => entry.id === id);
    if (row.remote || (at === timestamp && !isRefused)) continue;
    const entry = { ...row.entry, timestamp: at };
    transaction.put(row.n, { ...row, entry, ...(isRefused && { refused: true }) });
    meta.generation++;
  }
  for (const entry of gained) {
    const row = await find(transaction, entry.id);
    if (!row) await add(transaction, meta, { entry, remote: log });
    else if (row.remote) {
      // The edge cuts entries to what a manifest reads, so under another manifest the same entry may hold more.
      if (toJson(row.entry) !== toJson(entry)) meta.generation++;
      transaction.put(row.n, { ...row, entry, remote: log });
    }
  }
  Object.assign(meta, { delivered: upTo, log, cursor, shift, unit, allocations });
  meta.whole ??= log;
  // It is another one where something was taken out of it, as a device that was removed: that is not to be kept here either.
  if (!answer.more && meta.whole !== log) {
    await drop(transaction, meta, ({ remote = log }) => remote !== log);
    meta.whole = log;
  }
  if (checkpoint !== undefined && answer.manifest === meta.manifest)
    await goOnFrom(transaction, meta, checkpoint);
}

/** Goes on from a checkpoint of the definition that is kept, or from none. What is in it is kept no longer, once it was delivered. */
export async function goOnFrom(
  transaction: Transaction,
  meta: DeviceMeta,
  checkpoint: Checkpoint | null | undefined,
): Promise<void> {
  transaction.put("checkpoint", checkpoint ?? undefined);
  meta.folded = checkpoint?.name;
  meta.generation++;
  if (checkpoint)
    await drop(transaction, meta, ({ n, entry }) => n <= meta.delivered && entry.timestamp <= checkpoint.at);
}

async function drop(
  transaction: Transaction,
  meta: DeviceMeta,
  isGone: (row: Row) => boolean,
): Promise<void> {
  for (const row of await transaction.rowsAfter(0))
    if (isGone(row)) {
      meta.generation++;
      transaction.put(row.n, undefined);
    }
}

/** What an earlier device has left behind has arrived: it is kept no longer. */
export async function arrive(
  transaction: Transaction,
  meta: DeviceMeta,
  { before, upTo }: Pick<Delivery, "before" | "upTo">,
): Promise<void> {
  if (before.device !== meta.device) return;
  for (let n = meta.delivered; n <= upTo; n++) transaction.put(n, undefined);
  meta.delivered = upTo;
}

/** Forgets everything and starts as another device. What is undelivered is left behind for the deliverer alone. */
export async function leave(transaction: Transaction, meta: DeviceMeta, subject?: string): Promise<void> {
  const { device, delivered } = meta;
  const manifest = await keptManifest(transaction);
  const left = (await transaction.rowsAfter(delivered)).filter((row) => isOwn(row, manifest) && !row.refused);
  transaction.clear();
  transaction.put("manifest", manifest);
  left.forEach((row, at) => {
    const n = at + 1 - left.length;
    transaction.put(n, { device, ...row, n });
  });
  const nothing = { log: undefined, unit: undefined, folded: undefined };
  Object.assign(meta, nothing, freshMeta({ ...meta, subject }), { delivered: -left.length });
}

/** Of the transitions, those that no page of the device has told of before. */
export async function claim(
  transaction: Transaction,
  transitions: readonly Transition[],
  now: number,
): Promise<Transition[]> {
  const told = (await transaction.get<Record<string, Transition>>("told")) ?? {};
  // Pages may see one and the same change at different instants, when an event reaches them late.
  const fresh = transitions.filter((transition) => {
    const last = told[transition.segment];
    // What was told of by a clock that has been set right since may lie in the future, and stands in nobody's way.
    if (last && (last.change === transition.change || (last.at > transition.at && last.at <= now)))
      return false;
    told[transition.segment] = transition;
    return true;
  });
  transaction.put("told", told);
  return fresh;
}

/** The manifest that is kept; one that another version of the tag has kept is as good as none. */
export async function keptManifest(transaction: Transaction): Promise<Manifest | undefined> {
  const manifest = await transaction.get<Manifest>("manifest");
  return manifest?.plan?.version === PLAN_VERSION ? manifest : undefined;
}

/** Whether a row is for the edge: it did not come from there, nor does the definition keep it on the device. */
export function isOwn({ remote, entry }: Row, manifest?: Manifest): boolean {
  return !remote && !(entry.type === "event" && manifest?.plan.private?.includes(entry.name));
}

/** The row of this device that has the entry of that id. */
async function find(transaction: Transaction, id: string): Promise<Row | undefined> {
  return (await transaction.rowsOf(id)).find(({ device }) => !device);
}
