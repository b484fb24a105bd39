import type { JourneysState, Json, Scalar, Transition } from "@murmur/core";
import { edgeProgram } from "../definition.ts";
import { bringUp, type Profiled } from "./bring-up.ts";
import { isAllowed } from "./consent.ts";
import type { DeviceRecord } from "./log-store.ts";
import { foldedUpTo } from "./checkpoint.ts";
import { tooOldCount } from "./take-entries.ts";

/** What a profile knows of its person, but for the log itself, which comes in pages. */
export interface ProfileCopy {
  segments: string[];
  traits: Record<string, Json>;
  measures: Record<string, Scalar>;
  /** Each device, with what was said on it about consent. */
  devices: DeviceRecord[];
  /** The latest changes of membership. */
  transitions: Transition[];
  /** Where they stand in journeys; nothing where the profile was never looked at for any. */
  journeys?: JourneysCopy;
  /** The instant up to which older entries are kept as sums alone, ms. */
  foldedUpTo?: number;
  /** How many entries were refused as too old. */
  tooOld: number;
}

/** Instants in ms. */
export interface JourneysCopy {
  /** Those that they are on, from when, and when they go on by time alone at the latest. */
  running: { journey: string; began: number; next: number }[];
  /** Of each that they ever were on, when the last one began. */
  last: Record<string, number>;
  /** The messages of late, which count for caps. */
  messages: { journey: string; at: number }[];
}

/** A profile as of `now`, ms. */
export function copyProfile(profiled: Profiled, now: number): ProfileCopy {
  const { store, keeper } = profiled;
  bringUp(profiled, now);
  const journeys = profiled.journeys?.stored();
  const folded = foldedUpTo(store);
  const evaluated = isAllowed(store.devices(), "personalization") ? keeper.profile : undefined;
  return {
    segments: evaluated?.segments() ?? [],
    traits: evaluated?.traits() ?? {},
    measures: Object.fromEntries(
      Object.keys(edgeProgram.definition.measures ?? {}).flatMap((name) => {
        const value = evaluated?.measure(name);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    devices: store.devices(),
    transitions: store.transitions(1_000),
    ...(journeys && { journeys: copyJourneys(journeys) }),
    ...(folded > -Infinity && { foldedUpTo: folded }),
    tooOld: tooOldCount(store),
  };
}

function copyJourneys({ runs, last, sent }: JourneysState): JourneysCopy {
  return {
    running: runs.map(({ journey, at, wake }) => ({ journey, began: at, next: wake })),
    last,
    messages: sent,
  };
}
