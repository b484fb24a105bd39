import type { Transition } from "@murmur/core";

/** What has become of a profile. */
export interface News {
  /** The segments that it is in now. */
  segments: readonly string[];
  /** How it came there. */
  transitions: readonly Transition[];
  /** Of the profile's clock, ms. */
  now: number;
}
