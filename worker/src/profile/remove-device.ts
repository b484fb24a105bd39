import { membershipChanges, type Transition } from "@murmur/core";
import { bringUp, type Profiled } from "./bring-up.ts";
import { dropCheckpoint, isFolded } from "./checkpoint.ts";
import { mayRecordAny } from "./consent.ts";
import type { DeviceRecord, LogStore } from "./log-store.ts";
import { ownerOf } from "./owner-of.ts";
import { savedIn } from "./saved-profile.ts";

/**
 * Takes what a device has sent out of a log, so that nothing computed from it stays. `note` writes down what is known of the
 * device from then on.
 */
export function removeEntries(
  profiled: Profiled,
  device: string,
  now: number,
  note: () => void,
): Transition[] {
  const { store } = profiled;
  return store.transaction(() => {
    note();
    // What was folded together cannot be told apart any more: it all goes.
    if (isFolded(store, device)) dropCheckpoint(store);
    store.removeOfDevice(device);
    // Nor can what has become of the profile: of some of it, these entries were the cause.
    store.forgetTransitions();
    // Another log from here on: the other devices read it anew, and drop what is not in it any more.
    store.drop("log");
    profiled.journeys?.letGo(ownerOf({ kind: "device", id: device }));
    return bringUp(profiled, now, { anew: true });
  });
}

/** The same where it is not to be known either that something has ended with them. */
export function eraseEntries(
  profiled: Profiled,
  device: string,
  now: number,
  note: () => void,
): Transition[] {
  return profiled.store.transaction(() => {
    const ended = removeEntries(profiled, device, now, note);
    profiled.store.forgetTransitions();
    return ended;
  });
}

/**
 * The shopper has withdrawn `analytics` on a device: what it has recorded is erased. Where no device may record any more,
 * nothing is left but what was said about consent.
 */
export function stopRecording(profiled: Profiled, record: DeviceRecord, now: number): Transition[] {
  const { store, keeper } = profiled;
  const others = store.devices().filter(({ id }) => id !== record.id);
  if (mayRecordAny([...others, record]))
    return eraseEntries(profiled, record.id, now, () => store.putDevice(record));
  const left = membershipChanges(savedIn(store)?.segments ?? [], [], now);
  store.transaction(() => {
    store.clear();
    store.putDevice(record);
  });
  keeper.forget();
  return left;
}

/** Whether there is nothing of anybody in a profile. */
export function isEmpty(store: LogStore): boolean {
  return store.size().entries === 0 && store.devices().length === 0;
}
