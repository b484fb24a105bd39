import {
  cutEntry,
  decide,
  nextDecision,
  type Allocations,
  type Context,
  type Entry,
  type Program,
  type Reads,
  type SlotDecision,
} from "@murmur/core";
import { bringUp, logName, type Profiled } from "./bring-up.ts";
import { hear, isAllowed, mayRecord, type Consent } from "./consent.ts";
import type { DeviceRecord, LogStore } from "./log-store.ts";
import { handDown, type HandedDown, type OnDevices } from "./hand-down.ts";
import { placeEntries, shiftOf } from "./place-entries.ts";
import { stopRecording } from "./remove-device.ts";
import { refuseEntries, takeEntries, type Taken } from "./take-entries.ts";

/** How many entries one answer looks through for what the device does not know yet. */
const PAGE = 500;

/** What a device asks of its profile. */
export interface SyncCall {
  device: string;
  sentAt: number;
  log?: string | undefined;
  cursor: number;
  /** The name of what the device goes on from, where the oldest of its log was folded. */
  folded?: string | undefined;
  entries: readonly Entry[];
  slots: readonly string[];
  context?: Context | undefined;
  consent?: Consent | undefined;
  /** What experiments assign the profile by. */
  unit: string;
  /** Shares of experiments' variants in place of their weights. */
  allocations?: Allocations | undefined;
}

/** What it is answered. */
export interface SyncAnswer extends Taken {
  segments: string[];
  slots: Record<string, SlotDecision>;
  nextChange?: number;
  /** When a schedule opens or closes next, ms. */
  nextDecision?: number;
  /** What experiments assign this profile by, for the device to decide alike. */
  unit?: string;
  allocations?: Allocations;
  /** The instant of this answer, by the edge's clock, ms. */
  receivedAt: number;
  shift: number;
  entries: Entry[];
  /** Names the log that `cursor` counts in. */
  log: string;
  cursor: number;
  more: boolean;
  /** What it is to go on from instead of what it has; null: nothing. */
  checkpoint?: HandedDown | null;
}

export interface SyncContext extends Profiled {
  program: Program;
  devices: OnDevices;
  /** Milliseconds. */
  now: number;
}

/**
 * Takes a device's entries into the log, brings the profile up to date, and answers with what the device lacks: all of it as
 * far as the shopper allows.
 */
export function sync(context: SyncContext, call: SyncCall): SyncAnswer {
  const { store, now } = context;
  const shift = shiftOf(call.sentAt, now);
  const record = heard(context, call, Math.min(call.sentAt + shift, now));
  // Pending on this page: nothing of it may be kept, whatever was said before.
  const records = mayRecord(record) && (!call.consent || call.consent.analytics === true);
  const taken = store.transaction(() =>
    records
      ? takeEntries(store, placeEntries(call.entries, call.sentAt, now), call.device)
      : refuseEntries(call.entries),
  );
  bringUp(context, now);
  const shows = !call.consent || call.consent.personalization === true;
  const answers = records && shows && isAllowed(store.devices(), "personalization");
  return {
    ...taken,
    ...(answers ? decided(context, call) : { segments: [], slots: {} }),
    receivedAt: now,
    shift,
    ...(records
      ? readOn(context, call, taken.accepted)
      : { entries: [], log: logName(store), cursor: 0, more: false }),
  };
}

type Decided = Pick<
  SyncAnswer,
  "segments" | "slots" | "nextChange" | "nextDecision" | "unit" | "allocations"
>;

/** What is shown to the profile, and when that changes by time. */
function decided(
  { program, keeper: { profile }, now }: SyncContext,
  { slots: names, context, unit, allocations }: SyncCall,
): Decided {
  const nextChange = profile.nextChange();
  const next = nextDecision(program, now);
  return {
    segments: profile.segments(context),
    slots: decide(program, profile, { names, context, unit, allocations }),
    ...(nextChange !== undefined && { nextChange }),
    ...(next !== undefined && { nextDecision: next }),
    ...(program.definition.experiments && { unit, ...(allocations && { allocations }) }),
  };
}

/** What is known of the device after this call. Where recording is withdrawn by it, what was recorded is erased. */
function heard(context: SyncContext, call: SyncCall, at: number): DeviceRecord | undefined {
  const { store, now } = context;
  const known = store.device(call.device);
  if (!call.consent) return known;
  const consent = hear(known?.consent, call.consent, at);
  const record: DeviceRecord = { ...(known ?? { id: call.device, state: "apart" }), consent };
  const isNew = consent !== known?.consent;
  // Also what came home with the device after it had been recorded elsewhere.
  if (consent.analytics?.granted === false && (isNew || store.ofDevice(call.device, 0, 1).length > 0))
    stopRecording(context, record, now);
  else if (isNew) store.putDevice(record);
  return record;
}

type ReadOn = Pick<SyncAnswer, "entries" | "log" | "cursor" | "more" | "checkpoint">;

/** What the device lacks of the log: what its oldest part was folded into, and the next entries. */
function readOn({ store, devices }: SyncContext, call: SyncCall, accepted: number): ReadOn {
  const checkpoint = handDown(store, devices, call.folded);
  return {
    ...readEntries(store, devices.reads, call, accepted),
    ...(checkpoint !== undefined && { checkpoint }),
  };
}

/**
 * The next entries from the cursor on, without those of this very call. The device's own are among them: it may have
 * lost them, and knows what it has.
 */
function readEntries(store: LogStore, reads: Reads, call: SyncCall, accepted: number): ReadOn {
  const log = logName(store);
  const last = store.lastNumber();
  // A number that this log never gave: it was put back to an earlier state, or its device is wrong.
  const start = call.log === log && call.cursor <= last ? call.cursor : 0;
  // The usual call has read all that was there: what has come since is its own.
  if (last - start === accepted) return { entries: [], log, cursor: last, more: false };
  const page = store.after(start, PAGE);
  const sent = new Set(call.entries.map(({ id }) => id));
  const lacked = page.filter(({ device, entry }) => device !== call.device || !sent.has(entry.id));
  const cursor = page.at(-1)?.n ?? start;
  return {
    entries: lacked.map(({ entry }) => cutEntry(entry, reads)).filter((entry) => entry !== undefined),
    log,
    cursor,
    more: page.length === PAGE && cursor < last,
  };
}
