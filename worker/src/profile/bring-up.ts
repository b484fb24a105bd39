import type { Transition } from "@murmur/core";
import type { Journeys } from "../journeys/journeys.ts";
import { isAllowed } from "./consent.ts";
import type { LogStore } from "./log-store.ts";
import type { ProfileKeeper } from "./profile-keeper.ts";

/** One profile at work: what it keeps, and the engine over it. */
export interface Profiled {
  store: LogStore;
  keeper: ProfileKeeper;
  /** Where it has any: not in tests of what knows none. */
  journeys?: Journeys | undefined;
}

/** Brings a profile to `now`, ms, as far as it may be evaluated; after entries have gone, by what is left. */
export function bringUp({ store, keeper }: Profiled, now: number, { anew = false } = {}): Transition[] {
  if (!isAllowed(store.devices(), "personalization")) return keeper.rest(now, anew);
  return anew ? keeper.catchUpAnew(now) : keeper.catchUp(now);
}

/** The same for who only looks: as nearly always nothing has changed since, nothing is written then. */
export function lookAt(profiled: Profiled, now: number): void {
  const { store, keeper } = profiled;
  if (!isAllowed(store.devices(), "personalization") || !keeper.passTime(now)) bringUp(profiled, now);
}

/** Names the log, so that a cursor of another is known for what it is. */
export function logName(store: LogStore): string {
  const known = store.get<string>("log");
  if (known !== undefined) return known;
  const name = crypto.randomUUID();
  store.put("log", name);
  return name;
}
