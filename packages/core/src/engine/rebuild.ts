import type { Entry } from "../log/entry.ts";
import type { Profile, Transition } from "./profile.ts";
import type { Program } from "./program.ts";

/**
 * Makes a profile anew from its whole log, up to `now`, ms: under another definition, or where a snapshot is of no
 * use. What differs from the memberships held `before` are transitions at the new profile's clock.
 */
export function rebuild(
  program: Program,
  entries: Iterable<Entry>,
  now: number,
  before: readonly string[],
): { profile: Profile; transitions: Transition[] } {
  const profile = program.profile();
  profile.replay(entries);
  profile.advance(now);
  return { profile, transitions: membershipChanges(before, profile.segments(), profile.clock ?? now) };
}

/** What leads from one list of memberships to another, as transitions at one instant, in order of segment id. */
export function membershipChanges(
  before: readonly string[],
  after: readonly string[],
  at: number,
): Transition[] {
  const changed = [
    ...before.filter((id) => !after.includes(id)),
    ...after.filter((id) => !before.includes(id)),
  ];
  return changed
    .sort()
    .map((segment) => ({ segment, change: after.includes(segment) ? "entered" : "exited", at }));
}
