import type { Profile } from "../engine/profile.ts";
import type { Transition } from "../engine/device-profile.ts";
import { membershipChanges } from "../engine/rebuild.ts";
import type { Entry } from "../log/entry.ts";
import { isTimestamp } from "../log/entry-problem.ts";
import type { JourneyEffect } from "./effect.ts";
import type { JourneyFollower, ProfileOf } from "./journey-follower.ts";
import type { JourneyVersion } from "./journey-version.ts";
import { nextWake } from "./journeys-state.ts";

/** Whoever keeps the log of a profile that is followed. */
export interface FollowHost {
  profile: Profile;
  /** Makes a profile of the whole log up to `clock`, ms, and brings it there: under the definition, or under a version. */
  anew(clock: number, version?: JourneyVersion): Profile;
  /** Adds an entry of a journey's own to the log; false when its id is there already. */
  append(entry: Entry): boolean;
}

/**
 * Brings a profile and its journeys through `entries`, in the language's order, to `now`, ms: each journey sees every instant
 * at which it may have something to do, at that instant. Yields the transitions on the way.
 */
export function follow(
  host: FollowHost,
  follower: JourneyFollower,
  entries: readonly Entry[],
  now: number,
): { profile: Profile; transitions: Transition[] } {
  return new Following(host, follower).run(entries, now);
}

class Following {
  readonly #host: FollowHost;
  readonly #follower: JourneyFollower;
  readonly #transitions: Transition[] = [];
  readonly #profileOf: ProfileOf = ({ hash }) => this.#shadows.get(hash) ?? this.#profile;
  #profile: Profile;
  /** For versions that the definition has no more, each by itself. */
  #shadows = new Map<string, Profile>();
  #done = 0;

  constructor(host: FollowHost, follower: JourneyFollower) {
    this.#host = host;
    this.#follower = follower;
    this.#profile = host.profile;
  }

  run(entries: readonly Entry[], now: number): { profile: Profile; transitions: Transition[] } {
    const { clock } = this.#profile;
    const isLate = ({ timestamp }: Entry): boolean => clock !== undefined && timestamp <= clock;
    this.#done = this.#follower.effects.length;
    // It was for the last time; now their profiles tell.
    delete this.#follower.state.watch;
    if (clock !== undefined) this.#catchUp(clock, entries.filter(isLate));
    const onTime = entries.filter((entry) => !isLate(entry) && isTimestamp(entry.timestamp));
    for (let next = 0; next < onTime.length;) {
      const { timestamp } = onTime[next]!;
      // What time and an entry do at one instant is one change.
      this.#pass(timestamp - 1);
      for (; onTime[next]?.timestamp === timestamp; next++) this.#record(onTime[next]!);
      this.#step(timestamp);
    }
    this.#pass(now);
    const watch = Math.min(...[...this.#shadows.values()].map((shadow) => shadow.nextChange() ?? Infinity));
    if (watch < Infinity) this.#follower.state.watch = watch;
    return { profile: this.#profile, transitions: this.#transitions };
  }

  /** What was known before, with entries that are late for it, at its clock. */
  #catchUp(clock: number, late: readonly Entry[]): void {
    this.#follower.notice(this.#profile);
    for (const entry of late) this.#record(entry);
    // Of the log with what was late in it.
    for (const version of this.#follower.outdated())
      this.#shadows.set(version.hash, this.#host.anew(clock, version));
    this.#place(clock);
    this.#step(clock);
  }

  /** Makes profiles anew that took in what only the log can place. */
  #place(clock: number): void {
    for (const version of this.#follower.outdated())
      if (this.#shadows.get(version.hash)?.needsReplay)
        this.#shadows.set(version.hash, this.#host.anew(clock, version));
    if (!this.#profile.needsReplay) return;
    const before = this.#profile.segments();
    this.#profile = this.#host.anew(clock);
    this.#transitions.push(...membershipChanges(before, this.#profile.segments(), clock));
  }

  /** Lets time go on, with every instant at which it changes something. */
  #pass(to: number): void {
    for (;;) {
      const { clock } = this.#profile;
      if (clock === undefined || clock >= to) return;
      const changes = [this.#profile, ...this.#shadows.values()].map((each) => each.nextChange() ?? Infinity);
      const next = Math.max(clock + 1, Math.min(nextWake(this.#follower.state), ...changes));
      this.#advance(Math.min(next, to));
      if (next <= to) this.#step(next);
    }
  }

  #advance(to: number): void {
    this.#transitions.push(...this.#profile.advance(to));
    for (const shadow of this.#shadows.values()) shadow.advance(to);
  }

  #record(entry: Entry): void {
    this.#follower.take(entry);
    for (const profile of [this.#profile, ...this.#shadows.values()]) {
      const transitions = entry.type === "event" ? profile.record(entry) : profile.identify(entry);
      if (profile === this.#profile) this.#transitions.push(...transitions);
    }
  }

  /** What journeys have to do at the clock; what they add to the log is seen at the same instant. */
  #step(at: number): void {
    for (;;) {
      this.#follower.step(at, this.#profileOf);
      const own = this.#follower.effects.slice(this.#done).flatMap((effect) => entryOf(effect) ?? []);
      this.#done = this.#follower.effects.length;
      if (own.length === 0) return;
      for (const entry of own) if (this.#host.append(entry)) this.#record(entry);
      // By its id, one may stand before another of the same millisecond.
      this.#place(at);
    }
  }
}

/** What an effect adds to the profile's own log, under an id that is its key's. */
function entryOf({ key, dueAt, action }: JourneyEffect): Entry | undefined {
  const id = `journey:${key}`;
  if (action.kind === "trait")
    return { type: "identify", id, timestamp: dueAt, traits: { ...action.traits } };
  if (action.kind !== "event") return undefined;
  return { type: "event", id, timestamp: dueAt, name: action.name, properties: { ...action.properties } };
}
