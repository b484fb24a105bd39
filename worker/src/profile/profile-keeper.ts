import {
  catchUp,
  changesSince,
  compareEntries,
  membershipChanges,
  type Entry,
  type Profile,
  type Program,
  type Transition,
} from "@murmur/core";
import type { Journeys } from "../journeys/journeys.ts";
import { fold, foldedUpTo, foldTooLarge, isOverfull, madeAnew } from "./checkpoint.ts";
import { goOn } from "./go-on.ts";
import { sizeOf, type LogSize, type LogStore } from "./log-store.ts";
import type { News } from "./news.ts";
import { savedIn, sizeIn, type SavedProfile } from "./saved-profile.ts";

/** The engine at work over one profile's log. The snapshot is a cache: lost or outdated, it is made anew from the log. */
export class ProfileKeeper {
  readonly #program: Program;
  readonly #store: LogStore;
  readonly #others: {
    tell: (news: News) => void;
    journeys: Journeys | undefined;
    devices: (() => Program) | undefined;
  };
  #profile: Profile | undefined;
  #seen = 0;
  #size: LogSize | undefined;

  /**
   * `tell` learns of what is stored, within the transaction that stores it; journeys go on within it, too. What `devices`
   * run is folded with the rest, where it is another program.
   */
  constructor(
    program: Program,
    store: LogStore,
    tell: (news: News) => void = () => {},
    journeys?: Journeys,
    devices?: () => Program,
  ) {
    this.#program = program;
    this.#store = store;
    this.#others = { tell, journeys, devices };
  }

  /** Brings the profile up to the log and to `now`, ms; stores it with the transitions that this brought. */
  catchUp(now: number): Transition[] {
    return this.#atOnce(() => {
      const transitions = this.#profile ? [] : this.#wake(now);
      // A log of unknown size was looked at as a whole.
      const isAnew = this.#size === undefined;
      const gone = this.#goOn(now);
      return this.#keep([...transitions, ...gone.transitions], now, isAnew ? "anew" : gone.news);
    });
  }

  /**
   * Brings the profile in memory to `now`, ms, for who only looks. Where nothing has come and nothing is due, there is nothing
   * to store; else false, and `catchUp` is to be asked.
   */
  passTime(now: number): boolean {
    const profile = this.#profile;
    if (!profile || !this.#size || isOverfull(this.#size, now)) return false;
    const due = Math.min(profile.nextChange() ?? Infinity, this.#others.journeys?.nextWake() ?? Infinity);
    if (due <= now || this.#store.lastNumber() !== this.#seen) return false;
    profile.advance(now);
    return true;
  }

  /** As `catchUp`, after entries have gone from the log: by what is left of it. */
  catchUpAnew(now: number): Transition[] {
    const { segments = [] } = savedIn(this.#store) ?? {};
    return this.#atOnce(() => {
      const transitions = this.#makeAnew(now, { segments, seen: 0 });
      return this.#keep([...transitions, ...this.#goOn(now).transitions], now, "anew");
    });
  }

  /** Evaluates nothing: every segment is left, and what was computed is forgotten. The log goes on, or is `another` now. */
  rest(now: number, another = false): Transition[] {
    const saved = savedIn(this.#store);
    return this.#atOnce(() => {
      this.#profile = undefined;
      this.#others.journeys?.end();
      this.#seen = saved?.seen ?? 0;
      this.#size = another ? undefined : sizeIn(saved);
      const news = this.#news();
      const isResting = saved && !saved.snapshot && saved.segments.length === 0;
      return isResting && news.length === 0 && this.#size
        ? []
        : this.#keep(membershipChanges(saved?.segments ?? [], [], now), now, "none");
    });
  }

  /** What was computed is of no use any more, as the log has become another: it is made anew at the next look. */
  forget(): void {
    this.#profile = undefined;
    const saved = savedIn(this.#store);
    if (saved) this.#store.put("profile", { segments: saved.segments, seen: 0 } satisfies SavedProfile);
  }

  /** The profile as of the last `catchUp`. */
  get profile(): Profile {
    if (!this.#profile) throw new Error("catchUp comes first");
    return this.#profile;
  }

  /** The earliest instant at which time alone changes something, ms; none while the profile rests. */
  nextChange(): number | undefined {
    return this.#profile?.nextChange();
  }

  /** Restores the profile, or makes it anew from the log under the present definition. */
  #wake(now: number): Transition[] {
    const saved = savedIn(this.#store);
    try {
      // A checkpoint is more than a fresh profile knows.
      if (!saved?.snapshot && (saved || foldedUpTo(this.#store) > -Infinity))
        return this.#makeAnew(now, saved);
      this.#profile = this.#program.profile(saved?.snapshot);
      this.#seen = saved?.seen ?? 0;
      this.#size = sizeIn(saved);
      return [];
    } catch {
      return this.#makeAnew(now, saved);
    }
  }

  #makeAnew(now: number, saved: SavedProfile | undefined): Transition[] {
    const { journeys } = this.#others;
    const before = saved?.segments ?? [];
    const clock = saved?.snapshot?.clock;
    this.#size = undefined;
    const isWhole = typeof clock !== "number";
    foldTooLarge(this.#program, this.#store, now, this.#others.devices);
    // Here they are brought nothing of the log.
    journeys?.lookAnew(isWhole ? this.#store.all() : []);
    if (!saved || isWhole || !journeys?.isOn()) {
      this.#profile = madeAnew(this.#program, this.#store, this.#store.all());
      this.#seen = this.#store.lastNumber();
      return changesSince(this.#profile, now, before);
    }
    // As of the clock that it had: journeys see what has happened since as it happened.
    const known = this.#store.after(0, Number.MAX_SAFE_INTEGER).filter(({ n }) => n <= saved.seen);
    this.#profile = madeAnew(
      this.#program,
      this.#store,
      known.map(({ entry }) => entry),
    );
    this.#seen = saved.seen;
    const onTheWay = [...catchUp(this.#profile, clock), ...this.#goOn(now).transitions];
    const instants = new Map(onTheWay.map(({ segment, at }) => [segment, at]));
    return membershipChanges(before, this.#profile.segments(), this.#profile.clock ?? now)
      .map((transition) => ({ ...transition, at: instants.get(transition.segment) ?? transition.at }))
      .sort((a, b) => a.at - b.at);
  }

  /** What the log has gained since the last look, in the language's order. */
  #news(): Entry[] {
    const news = this.#store.after(this.#seen, Number.MAX_SAFE_INTEGER);
    this.#seen = news.at(-1)?.n ?? this.#seen;
    if (this.#size)
      this.#size = {
        entries: this.#size.entries + news.length,
        oldest: news.reduce((oldest, { entry }) => Math.min(oldest, entry.timestamp), this.#size.oldest),
        bytes: news.reduce((bytes, { entry }) => bytes + sizeOf(entry), this.#size.bytes),
      };
    return news.map(({ entry }) => entry).sort(compareEntries);
  }

  /** Brings the profile through what the log has gained to `now`, and its journeys with it. */
  #goOn(now: number): { transitions: Transition[]; news: Entry[] } {
    const { journeys } = this.#others;
    const going = { program: this.#program, store: this.#store, profile: this.profile, journeys };
    const news = this.#news();
    const { profile, transitions } = goOn(going, news, now);
    this.#profile = profile;
    // What journeys have added themselves is known.
    return { transitions, news: [...news, ...this.#news()] };
  }

  /** Stores the profile as it is now, and keeps the log within its limits. */
  #keep(transitions: Transition[], now: number, log: News["log"]): Transition[] {
    this.#size ??= this.#store.size();
    if (isOverfull(this.#size, now)) {
      fold(this.#program, this.#store, now, this.#others.devices?.());
      this.#size = this.#store.size();
    }
    const saved: SavedProfile = {
      ...(this.#profile && { snapshot: this.#profile.snapshot() }),
      segments: this.#profile?.segments() ?? [],
      seen: this.#seen,
      size: this.#size,
    };
    this.#store.put("profile", saved);
    this.#store.addTransitions(transitions);
    this.#others.tell({ segments: saved.segments, transitions, now, log });
    return transitions;
  }

  /** All or nothing, in the store and in memory. */
  #atOnce(work: () => Transition[]): Transition[] {
    try {
      return this.#store.transaction(work);
    } catch (error) {
      // The store is as it was before; what is in memory may be ahead of it.
      this.#profile = undefined;
      this.#others.journeys?.forget();
      throw error;
    }
  }
}
