import {
  compareEntries,
  compile,
  dropVersions,
  follow,
  freshJourneys,
  JourneyFollower,
  type Definition,
  type Entry,
  type JourneyEffect,
  type JourneysState,
  type Snapshot,
} from "../../src/index.ts";

/** A profile as the edge keeps it: what is between two calls is JSON, and the log. */
export class LiveProfile {
  readonly effects: JourneyEffect[] = [];
  readonly log = new Map<string, Entry>();
  state: string = JSON.stringify(freshJourneys());
  definition: Definition;
  readonly #owner: string;
  #snapshot: Snapshot | undefined;

  constructor(definition: Definition, owner = "customer:1") {
    this.definition = definition;
    this.#owner = owner;
  }

  /** Takes a batch in any order, ids that are there already passed over, and lets time go on. */
  call(batch: readonly Entry[], now: number): void {
    const program = compile(this.definition);
    const news = batch.filter(
      ({ id }, at) => !this.log.has(id) && batch.findIndex((each) => each.id === id) === at,
    );
    const before = [...this.log.values()];
    for (const entry of news) this.log.set(entry.id, entry);
    const state = JSON.parse(this.state) as JourneysState;
    const saved = this.#snapshot;
    const isOther = saved !== undefined && saved.definition !== program.hash;
    if (isOther) state.holds = {};
    const profile = program.profile(isOther ? undefined : saved);
    if (isOther) {
      profile.replay(before);
      profile.advance(saved.clock!);
    }
    const follower = new JourneyFollower(program.definition, state, { owner: this.#owner });
    const followed = follow(
      {
        profile,
        anew: (clock, version) => {
          const made = (version?.program() ?? program).profile();
          made.replay([...this.log.values()].filter(({ timestamp }) => timestamp <= clock));
          made.advance(clock);
          return made;
        },
        append: (entry) => !this.log.has(entry.id) && !!this.log.set(entry.id, entry),
      },
      follower,
      news.sort(compareEntries),
      now,
    );
    dropVersions(state);
    this.effects.push(...follower.effects);
    this.#snapshot = JSON.parse(JSON.stringify(followed.profile.snapshot())) as Snapshot;
    this.state = JSON.stringify(state);
  }

  running(): string[] {
    return (JSON.parse(this.state) as JourneysState).runs.map(({ journey, path }) => `${journey} ${path}`);
  }
}
