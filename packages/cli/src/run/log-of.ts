import type { Entry } from "@murmur/core";
import { compareEntries } from "@murmur/core";
import { ownText } from "../input/own-texts.ts";
import type { EntryTaker } from "../input/read-entries.ts";

/** Keeps one profile's log, and what ids there are. */
export class LogOf implements EntryTaker {
  readonly #wanted: string | undefined;
  readonly #seen = new Map<string, number>();
  readonly #entries: Entry[] = [];
  /** The last instant of the files. */
  latest = -Infinity;

  /** Without an id, the log of the only one there is. */
  constructor(wanted: string | undefined) {
    this.#wanted = wanted;
  }

  take(profile: string, entry: Entry): boolean {
    const before = this.#seen.get(profile);
    this.#seen.set(before === undefined ? ownText(profile) : profile, (before ?? 0) + 1);
    if (profile === (this.#wanted ?? this.#seen.keys().next().value)) this.#entries.push(entry);
    return true;
  }

  close(latest: number): void {
    this.latest = latest;
  }

  get log(): Entry[] {
    return [...this.#entries].sort(compareEntries);
  }

  /** How many entries each profile has. */
  get seen(): ReadonlyMap<string, number> {
    return this.#seen;
  }
}
