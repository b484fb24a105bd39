import {
  catchUp,
  compareEntries,
  rebuild,
  type Profile,
  type Program,
  type Snapshot,
  type Transition,
} from "@murmur/core";
import type { LogStore } from "./log-store.ts";

/** The computed side of a profile, kept so that waking it need not read the log. */
interface SavedProfile {
  snapshot: Snapshot;
  /** Memberships, so that under another definition the difference can be told. */
  segments: string[];
  /** The last entry that it has seen. */
  seen: number;
}

/** The engine at work over one profile's log. The snapshot is a cache: lost or outdated, it is made anew from the log. */
export class ProfileKeeper {
  readonly #program: Program;
  readonly #store: LogStore;
  #profile: Profile | undefined;
  #seen = 0;

  constructor(program: Program, store: LogStore) {
    this.#program = program;
    this.#store = store;
  }

  /** Brings the profile up to the log and to `now`, ms; stores it with the transitions that this brought. */
  catchUp(now: number): Transition[] {
    try {
      return this.#store.transaction(() => {
        const transitions = this.#profile ? [] : this.#wake(now);
        const profile = this.#profile!;
        const news = this.#store.after(this.#seen, Number.MAX_SAFE_INTEGER);
        this.#seen = news.at(-1)?.n ?? this.#seen;
        for (const entry of news.map((stored) => stored.entry).sort(compareEntries)) {
          transitions.push(...(entry.type === "event" ? profile.record(entry) : profile.identify(entry)));
        }
        // Before time goes on: what only the log can place would else be missing on the way.
        if (profile.needsReplay) transitions.push(...profile.replay(this.#store.all()));
        transitions.push(...catchUp(profile, now));
        this.#store.addTransitions(transitions);
        this.#save(profile);
        return transitions;
      });
    } catch (error) {
      // The store is as it was before; what is in memory may be ahead of it.
      this.#profile = undefined;
      throw error;
    }
  }

  /** What is stored of the profile, as it is: nothing is brought up to date by looking. */
  stored(): { segments: string[]; nextChange: number | undefined } {
    const saved = this.#store.get<SavedProfile>("profile");
    if (saved?.snapshot.definition !== this.#program.hash)
      return { segments: saved?.segments ?? [], nextChange: undefined };
    return { segments: saved.segments, nextChange: this.#program.profile(saved.snapshot).nextChange() };
  }

  /** The profile as of the last `catchUp`. */
  get profile(): Profile {
    if (!this.#profile) throw new Error("catchUp comes first");
    return this.#profile;
  }

  /** Restores the profile, or makes it anew from the log under the present definition. */
  #wake(now: number): Transition[] {
    const saved = this.#store.get<SavedProfile>("profile");
    try {
      this.#profile = this.#program.profile(saved?.snapshot);
      this.#seen = saved?.seen ?? 0;
      return [];
    } catch {
      const rebuilt = rebuild(this.#program, this.#store.all(), now, saved?.segments ?? []);
      this.#profile = rebuilt.profile;
      this.#seen = this.#store.lastNumber();
      return rebuilt.transitions;
    }
  }

  #save(profile: Profile): void {
    const saved: SavedProfile = {
      snapshot: profile.snapshot(),
      segments: profile.segments(),
      seen: this.#seen,
    };
    this.#store.put("profile", saved);
  }
}
