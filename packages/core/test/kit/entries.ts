import {
  compile,
  type Condition,
  type EventEntry,
  type IdentifyEntry,
  type Json,
  type OwnMeasure,
  type Profile,
  type Scalar,
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

/** Records events, and hands over all of them where the profile asks for its log. */
function give(profile: Profile, entries: readonly EventEntry[]): void {
  for (const entry of entries) profile.record(entry);
  if (profile.needsReplay) profile.replay(entries);
}

/** What a measure is once these entries have come, in this order, at the last of them or at `now`. */
export function measured(
  measure: OwnMeasure,
  entries: readonly EventEntry[],
  now?: number,
): Scalar | undefined {
  const profile = compile({ segments: {}, measures: { m: measure } }).profile();
  give(profile, entries);
  if (now !== undefined) profile.advance(now);
  return profile.measure("m");
}

/** Whether a condition is true once these entries have come, in this order, at the last of them or at `now`. */
export function holds(when: Condition, entries: readonly EventEntry[], now?: number): boolean {
  const profile = profileFor(when);
  give(profile, entries);
  if (now !== undefined) profile.advance(now);
  return isIn(profile);
}

/** Events of one name, a millisecond apart, each with a value at `x`. */
export function valued(values: readonly Json[], name = "X"): EventEntry[] {
  return values.map((x, at) => event(name, at, { x }));
}
