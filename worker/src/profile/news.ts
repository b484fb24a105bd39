import type { Entry, Transition } from "@murmur/core";

/** What has become of where a profile stands. */
export interface StandingNews {
  /** The segments that it is in now. */
  segments: readonly string[];
  /** How it came there. */
  transitions: readonly Transition[];
  /** Of the profile's clock, ms. */
  now: number;
}

/** What has become of a profile. */
export interface News extends StandingNews {
  /** What the log has gained; `anew` where it is to be looked at as a whole, `none` where nothing of it counts. */
  log: readonly Entry[] | "anew" | "none";
}
