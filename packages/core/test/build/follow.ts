import { compile, type Profile } from "../../src/index.ts";
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
