import type { Entry } from "../log/entry.ts";
import type { DeviceProfile, Transition } from "./device-profile.ts";
import type { DeviceProgram } from "./program.ts";

/**
 * Makes a profile anew from its whole log, or from the `base` that its oldest part was folded into and the rest, up to
 * `now`, ms: under another definition, or where a snapshot is of no use. What differs from the memberships held `before` are transitions: at the instant at which time brought them
 * about after the last entry, else at the new profile's clock.
 */
export function rebuild<Kind extends DeviceProfile>(
  program: DeviceProgram<Kind>,
  entries: Iterable<Entry>,
  now: number,
  before: readonly string[],
  base?: unknown,
): { profile: Kind; transitions: Transition[] } {
  const profile = program.profile();
  profile.replay(entries, base);
  return { profile, transitions: changesSince(profile, now, before) };
}

/** Brings a profile that was just made anew to the present, and says what differs from the memberships held `before`. */
export function changesSince(profile: DeviceProfile, now: number, before: readonly string[]): Transition[] {
  const instants = new Map(catchUp(profile, now).map(({ segment, at }) => [segment, at]));
  return membershipChanges(before, profile.segments(), profile.clock ?? now)
    .map((transition) => ({ ...transition, at: instants.get(transition.segment) ?? transition.at }))
    .sort((a, b) => a.at - b.at);
}

/** Brings a profile to the present, once it has begun: nobody is in a segment before anything is known of them. */
export function catchUp(profile: DeviceProfile, now: number): Transition[] {
  return profile.clock === undefined ? [] : profile.advance(now);
}

/** What leads from one list of memberships to another, as transitions at one instant, in order of segment id. */
export function membershipChanges(
  before: readonly string[],
  after: readonly string[],
  at: number,
): Transition[] {
  return [...before, ...after]
    .filter((id) => before.includes(id) !== after.includes(id))
    .sort()
    .map((segment) => ({ segment, change: after.includes(segment) ? "entered" : "exited", at }));
}
