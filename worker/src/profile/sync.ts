import { cutEntry, decideSlots, type Entry, type Program, type Reads, type SlotDecision } from "@murmur/core";
import type { LogStore } from "./log-store.ts";
import type { Rejection } from "../wire/check-entries.ts";
import { placeEntries } from "./place-entries.ts";
import type { ProfileKeeper } from "./profile-keeper.ts";

/** How many entries one answer looks through for what the device does not know yet. */
const PAGE = 500;

/** What a device asks of its profile. */
export interface SyncCall {
  device: string;
  sentAt: number;
  log?: string | undefined;
  cursor: number;
  entries: readonly Entry[];
  slots: readonly string[];
}

/** What it is answered. */
export interface SyncAnswer {
  accepted: number;
  duplicates: number;
  rejected: Rejection[];
  segments: string[];
  slots: Record<string, SlotDecision>;
  nextChange?: number;
  /** The instant of this answer, by the edge's clock, ms. */
  receivedAt: number;
  shift: number;
  /** Instants of the call's entries where they differ from what was sent, ms by id. */
  timestamps: Record<string, number>;
  entries: Entry[];
  /** Names the log that `cursor` counts in. */
  log: string;
  cursor: number;
  more: boolean;
}

export interface SyncContext {
  program: Program;
  /** What of the log devices read. */
  reads: Reads;
  store: LogStore;
  keeper: ProfileKeeper;
  /** Names this log. */
  log: string;
  /** Milliseconds. */
  now: number;
}

/** Takes a device's entries into the log, brings the profile up to date, and answers with what the device lacks. */
export function sync(context: SyncContext, call: SyncCall): SyncAnswer {
  const { program, store, keeper, now } = context;
  const taken = store.transaction(() => take(store, call, now));
  keeper.catchUp(now);
  const nextChange = keeper.profile.nextChange();
  return {
    ...taken,
    segments: keeper.profile.segments(),
    slots: decideSlots(program, keeper.profile, call.slots),
    ...(nextChange !== undefined && { nextChange }),
    receivedAt: now,
    ...readOn(context, call),
  };
}

type Taken = Pick<SyncAnswer, "accepted" | "duplicates" | "rejected" | "shift" | "timestamps">;

function take(store: LogStore, { device, sentAt, entries }: SyncCall, now: number): Taken {
  const placed = placeEntries(entries, sentAt, now);
  const instants: [string, number][] = [];
  let accepted = 0;
  for (const { entry, sent } of placed.entries) {
    const added = store.add(entry, device);
    if (added) accepted++;
    const instant = added ? entry.timestamp : (store.timestampOf(entry.id) as number);
    if (instant !== sent) instants.push([entry.id, instant]);
  }
  return {
    accepted,
    duplicates: placed.entries.length - accepted,
    rejected: placed.rejected,
    shift: placed.shift,
    timestamps: Object.fromEntries(instants),
  };
}

type ReadOn = Pick<SyncAnswer, "entries" | "log" | "cursor" | "more">;

/**
 * The next entries from the cursor on, without those of this very call. The device's own are among them: it may have
 * lost them, and knows what it has.
 */
function readOn({ store, reads, log }: SyncContext, call: SyncCall): ReadOn {
  const start = call.log === log ? call.cursor : 0;
  const page = store.after(start, PAGE);
  const sent = new Set(call.entries.map(({ id }) => id));
  const lacked = page.filter(({ device, entry }) => device !== call.device || !sent.has(entry.id));
  const cursor = page.at(-1)?.n ?? start;
  return {
    entries: lacked.map(({ entry }) => cutEntry(entry, reads)).filter((entry) => entry !== undefined),
    log,
    cursor,
    more: page.length === PAGE && cursor < store.lastNumber(),
  };
}
