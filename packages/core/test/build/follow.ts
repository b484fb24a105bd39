import { compile, type EventEntry, type Profile } from "../../src/index.ts";
import type { History } from "./histories.ts";

/** Takes a profile through a history, and looks at it after each event and after each quiet time. */
export function follow(
  definition: unknown,
  { events, quiet }: History,
  look: (profile: Profile, taken: History["events"]) => void,
): void {
  const profile = compile(definition).profile();
  events.forEach((entry, at) => {
    profile.record(entry);
    look(profile, events.slice(0, at + 1));
    profile.advance(entry.timestamp + quiet[at]!);
    look(profile, events.slice(0, at + 1));
  });
}

/** Where a profile is at an instant, after these events. */
export function segmentsAt(definition: unknown, events: readonly EventEntry[], now: number): string[] {
  const profile = compile(definition).profile();
  for (const entry of events) profile.record(entry);
  profile.advance(now);
  return profile.segments();
}
