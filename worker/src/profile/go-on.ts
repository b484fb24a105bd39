import {
  catchUp,
  membershipChanges,
  type Entry,
  type Profile,
  type Program,
  type Transition,
} from "@murmur/core";
import type { Journeys } from "../journeys/journeys.ts";
import { madeAnew } from "./checkpoint.ts";
import { SERVER, type LogStore } from "./log-store.ts";

/** A profile over its log, and its journeys where there are any to follow. */
export interface GoingOn {
  program: Program;
  store: LogStore;
  profile: Profile;
  journeys: Journeys | undefined;
}

/** The profile after it: another one, where what came late could only be placed by the log. */
export interface GoneOn {
  profile: Profile;
  transitions: Transition[];
}

/** Brings a profile through what its log has gained, in the language's order, to `now`, ms; and its journeys with it. */
export function goOn(going: GoingOn, news: readonly Entry[], now: number): GoneOn {
  const { program, store, profile, journeys } = going;
  if (!journeys?.isOn()) {
    const gone = goOnAlone(going, news, now);
    journeys?.heed(gone.profile, news, () => store.all());
    return gone;
  }
  return journeys.follow(
    {
      profile,
      anew(clock, version) {
        const log = [...store.all()].filter(({ timestamp }) => timestamp <= clock);
        const made = madeAnew(version?.program() ?? program, store, log);
        made.advance(clock);
        return made;
      },
      append: (entry) => store.add(entry, SERVER),
    },
    news,
    now,
  );
}

function goOnAlone({ program, store, profile }: GoingOn, news: readonly Entry[], now: number): GoneOn {
  const transitions = news.flatMap((entry) =>
    entry.type === "event" ? profile.record(entry) : profile.identify(entry),
  );
  // Before time goes on: what only the log can place would else be missing on the way.
  if (!profile.needsReplay) return { profile, transitions: [...transitions, ...catchUp(profile, now)] };
  const [clock, before] = [profile.clock!, profile.segments()];
  const made = madeAnew(program, store, store.all());
  const changes = changesAt(made, clock, before);
  return { profile: made, transitions: [...transitions, ...changes, ...catchUp(made, now)] };
}

/** What differs, at the clock of the profile that was made anew, from the memberships held before. */
function changesAt(profile: Profile, clock: number, before: readonly string[]): Transition[] {
  profile.advance(clock);
  return membershipChanges(before, profile.segments(), clock);
}
