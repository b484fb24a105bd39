import type { Entry, Program, Transition } from "@murmur/core";
import { ownText } from "../input/own-texts.ts";
import type { EntryTaker } from "../input/read-entries.ts";
import { newMember, type Member } from "./member.ts";
import type { Watcher } from "./watcher.ts";

export interface PopulationOptions {
  program: Program;
  watchers: readonly Watcher[];
  /** The instant up to which everybody is evaluated, ms; that of the last entry without it. */
  asOf?: number | undefined;
}

/** Everybody under one definition. What it holds is the profiles' states, and what the watchers keep of each. */
export class Population implements EntryTaker {
  readonly #program: Program;
  /** Who watches what: most watch little of it, and all are asked for each entry. */
  readonly #watching: { readonly [What in keyof Watcher]-?: readonly Required<Pick<Watcher, What>>[] };
  readonly #asOf: number;
  readonly #positions: ReadonlyMap<string, number>;
  readonly #members = new Map<string, Member>();
  /** Whose the last entry was: rows that follow each other are often one person's. */
  #last: Member | undefined;
  /** How many people there were, and the first and the last instant of their entries. */
  people = 0;
  first = Infinity;
  last = -Infinity;
  /** The instant up to which they were evaluated. */
  ended = -Infinity;
  /** Entries later than that. */
  later = 0;

  constructor({ program, watchers, asOf = Infinity }: PopulationOptions) {
    this.#program = program;
    this.#watching = {
      begin: watchers.filter((watcher) => watches(watcher, "begin")),
      change: watchers.filter((watcher) => watches(watcher, "change")),
      entry: watchers.filter((watcher) => watches(watcher, "entry")),
      end: watchers.filter((watcher) => watches(watcher, "end")),
    };
    this.#asOf = asOf;
    this.#positions = new Map(Object.keys(program.definition.segments).map((id, at) => [id, at]));
  }

  take(id: string, entry: Entry): boolean {
    const { timestamp } = entry;
    if (timestamp > this.#asOf) {
      this.later++;
      return true;
    }
    const member = this.#last?.id === id ? this.#last : (this.#members.get(id) ?? this.#begin(id, timestamp));
    this.#last = member;
    const { profile } = member;
    if (timestamp < profile.clock!) return false;
    this.#changes(member, entry.type === "event" ? profile.record(entry) : profile.identify(entry));
    for (const watcher of this.#watching.entry) watcher.entry(member, entry);
    if (timestamp < this.first) this.first = timestamp;
    if (timestamp > this.last) this.last = timestamp;
    return !profile.needsReplay;
  }

  close(latest: number): void {
    this.ended = Math.min(Math.max(latest, this.last), this.#asOf);
    if (this.#asOf < Infinity) this.ended = this.#asOf;
    for (const member of this.#members.values()) {
      this.#changes(member, member.profile.advance(this.ended));
      for (const watcher of this.#watching.end) watcher.end(member, this.ended);
    }
    this.#members.clear();
    this.#last = undefined;
  }

  #begin(id: string, at: number): Member {
    const member = newMember(ownText(id), this.#program.profile());
    this.#members.set(member.id, member);
    this.people++;
    for (const watcher of this.#watching.begin) watcher.begin(member, at);
    return member;
  }

  #changes(member: Member, transitions: readonly Transition[]): void {
    if (transitions.length === 0) return;
    for (const { segment, change, at } of transitions) {
      const position = this.#positions.get(segment)!;
      const entered = change === "entered";
      const place = entered ? -1 : member.segments.indexOf(position);
      const since = entered ? at : member.since[place]!;
      for (const watcher of this.#watching.change) watcher.change(member, position, entered, at, since);
      if (entered) {
        member.segments.push(position);
        member.since.push(at);
      } else {
        member.segments.splice(place, 1);
        member.since.splice(place, 1);
      }
    }
  }
}

function watches<What extends keyof Watcher>(
  watcher: Watcher,
  what: What,
): watcher is Required<Pick<Watcher, What>> & Watcher {
  return watcher[what] !== undefined;
}
