import { compile } from "../compile.ts";
import type { Program } from "../engine/load-explained.ts";
import type { Profile } from "../engine/profile.ts";
import type { Entry } from "../log/entry.ts";
import { MAX_TIMESTAMP } from "../log/entry-problem.ts";
import { compareEntries } from "../log/order.ts";
import type { JourneyEffect, SkippedMessage } from "./effect.ts";
import { follow } from "./follow.ts";
import { JourneyFollower } from "./journey-follower.ts";
import { dropVersions, freshJourneys, type JourneyRun } from "./journeys-state.ts";

/** What the journeys of a definition would have done with one profile. */
export interface DryRun {
  /** As `customer:17`. */
  profile: string;
  /** In the order in which it came due. */
  effects: JourneyEffect[];
  /** Messages that were not sent, and why. */
  skipped: SkippedMessage[];
  /** Runs that are still on their way at the end. */
  running: JourneyRun[];
}

/**
 * What each journey would have sent to whom and when: a definition and logs in, by profile, up to `until`, ms, or Infinity for all
 * that comes of them. It follows them as the edge does; entries may come in any order, and an id twice.
 *
 * @throws DefinitionError
 */
export function dryRun(
  definition: unknown,
  logs: Iterable<readonly [profile: string, log: Iterable<Entry>]>,
  until: number,
): DryRun[] {
  const program = compile(definition);
  const end = Math.floor(Math.min(until, MAX_TIMESTAMP));
  return [...logs].map(([profile, log]) => dryRunOf(program, profile, log, end));
}

function dryRunOf(program: Program, owner: string, entries: Iterable<Entry>, until: number): DryRun {
  const log = new Map<string, Entry>();
  for (const entry of entries) if (entry.timestamp <= until && !log.has(entry.id)) log.set(entry.id, entry);
  const ordered = [...log.values()].sort(compareEntries);
  const follower = new JourneyFollower(program.definition, freshJourneys(), { owner });
  const host = {
    profile: program.profile(),
    anew(clock: number): Profile {
      const made = program.profile();
      made.replay([...log.values()].filter(({ timestamp }) => timestamp <= clock));
      made.advance(clock);
      return made;
    },
    append: (entry: Entry) => !log.has(entry.id) && !!log.set(entry.id, entry),
  };
  follow(host, follower, ordered, until);
  dropVersions(follower.state);
  return {
    profile: owner,
    effects: follower.effects,
    skipped: follower.skipped,
    running: follower.state.runs,
  };
}
