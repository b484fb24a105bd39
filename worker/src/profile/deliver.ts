import type { Entry } from "@murmur/core";
import { OBJECTIONS } from "../hooks/email-event.ts";
import type { Rejection } from "../wire/check-entries.ts";
import { bringUp, type Profiled } from "./bring-up.ts";
import { isAllowed, mayRecord, mayRecordAny } from "./consent.ts";
import { SERVER } from "./log-store.ts";
import { placeEntries } from "./place-entries.ts";
import { refuseEntries, takeEntries } from "./take-entries.ts";

/** What became of entries from elsewhere than the tag. */
export interface Delivery {
  accepted: number;
  duplicates: number;
  /** Also with `no_consent`, where the person has said no to recording. */
  rejected: Rejection[];
}

/** Takes entries that a server speaks of into a log, as a device's or its own, and brings the profile to `now`, ms. */
export function deliver(
  profiled: Profiled,
  device: string | undefined,
  entries: readonly Entry[],
  now: number,
): Delivery {
  const { store } = profiled;
  const records = device === undefined ? mayRecordAny(store.devices()) : mayRecord(store.device(device));
  const mayBeTold = isAllowed(store.devices(), "marketing");
  const taken = entries.filter((entry) => records || (mayBeTold && isObjection(entry)));
  const refused = refuseEntries(entries.filter((entry) => !taken.includes(entry)));
  const { accepted, duplicates, rejected } = store.transaction(() =>
    takeEntries(store, placeEntries(taken, now, now), device ?? SERVER),
  );
  bringUp(profiled, now);
  return { accepted, duplicates, rejected: [...rejected, ...refused.rejected] };
}

/** Whether somebody says that they are not to be written to: as long as they may be, that counts, whatever else is recorded. */
function isObjection(entry: Entry): boolean {
  return entry.type === "event" && OBJECTIONS.has(entry.name);
}
