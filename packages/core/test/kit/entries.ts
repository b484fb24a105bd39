import {
  compile,
  type Condition,
  type EventEntry,
  type IdentifyEntry,
  type Json,
  type Profile,
} from "../../src/index.ts";

export const SECOND = 1_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** An event; its id tells what it is when none is given. */
export function event(
  name: string,
  timestamp: number,
  properties?: { [key: string]: Json },
  id = `${name} at ${timestamp}`,
): EventEntry {
  return { type: "event", id, name, timestamp, ...(properties && { properties }) };
}

export function identify(
  timestamp: number,
  traits: { [key: string]: Json },
  id = `identify at ${timestamp}`,
): IdentifyEntry {
  return { type: "identify", id, timestamp, traits };
}

/** A fresh profile under a definition that has one segment, `s`. */
export function profileFor(when: Condition): Profile {
  return compile({ segments: { s: when } }).profile();
}

/** Whether the profile is in the segment `s`. */
export function isIn(profile: Profile): boolean {
  return profile.segments().includes("s");
}
