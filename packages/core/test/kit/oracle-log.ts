import {
  parseDuration,
  type Entry,
  type EventEntry,
  type Filter,
  type Json,
  type Narrowing,
  type Selector,
} from "../../src/index.ts";
import { compileFilter } from "./compile-filter.ts";

/** A session ends so long after its last event, ms. */
export const SESSION = 30 * 60_000;

/** The whole log of the oracle, and what can be read of it at an instant. */
export class OracleLog {
  readonly entries: Entry[] = [];
  readonly #distances: readonly number[];
  readonly #private: readonly string[];
  readonly #filters = new Map<Filter, (value: unknown) => boolean>();
  readonly #eventsAt = new Map<number, EventEntry[]>();
  #sorted: Entry[] = [];
  #instants: number[] | undefined;

  /** With the distances, ms, from an entry to where anything can change, and names of events that are in no session. */
  constructor(distances: readonly number[], secret: readonly string[] = []) {
    this.#distances = distances;
    this.#private = secret;
  }

  /** False for an id that is there already. */
  add(entry: Entry): boolean {
    if (this.entries.some(({ id }) => id === entry.id)) return false;
    this.entries.push(entry);
    this.#sorted = this.entries.toSorted((a, b) => a.timestamp - b.timestamp || (a.id < b.id ? -1 : 1));
    this.#eventsAt.clear();
    this.#instants = undefined;
    return true;
  }

  traits(t: number): { [key: string]: Json } {
    const traits = new Map<string, Json>();
    for (const entry of this.#upTo(t)) {
      if (entry.type !== "identify") continue;
      for (const [key, value] of Object.entries(entry.traits)) traits.set(key, value);
    }
    return Object.fromEntries([...traits].filter(([, value]) => value !== null));
  }

  /** Every instant at which anything can become other than it was: an entry, or a window or threshold after one. */
  instants(): number[] {
    if (this.#instants) return this.#instants;
    const timestamps = new Set(this.entries.map(({ timestamp }) => timestamp));
    const instants = [...timestamps].flatMap((timestamp) =>
      [0, ...this.#distances].flatMap((ms) => [timestamp + ms, timestamp + ms + 1]),
    );
    return (this.#instants = [...new Set(instants)].sort((a, b) => a - b));
  }

  select(selector: Selector, { within, after }: Narrowing, t: number): EventEntry[] {
    const events = this.events(t);
    const last = after === undefined ? undefined : events.findLast((event) => this.takes(after, event));
    const session = within === "session" ? this.#session(events, t) : events;
    const from = within === undefined || within === "session" ? -Infinity : t - parseDuration(within)!;
    return events
      .slice(last ? events.indexOf(last) + 1 : 0)
      .filter((event) => this.takes(selector, event))
      .filter((event) => session.includes(event))
      .filter((event) => from < event.timestamp);
  }

  events(t: number): EventEntry[] {
    let events = this.#eventsAt.get(t);
    if (!events) this.#eventsAt.set(t, (events = this.#upTo(t).filter((entry) => entry.type === "event")));
    return events;
  }

  #session(events: readonly EventEntry[], t: number): readonly EventEntry[] {
    return currentSession(
      events.filter(({ name }) => !this.#private.includes(name)),
      t,
    );
  }

  #upTo(t: number): Entry[] {
    return this.#sorted.filter(({ timestamp }) => timestamp <= t);
  }

  takes(selector: Selector, event: EventEntry): boolean {
    if (typeof selector === "string") return event.name === selector;
    const isNamed = [selector.event].flat().includes(event.name);
    return isNamed && (!selector.where || this.matches(selector.where, event.properties ?? {}));
  }

  matches(filter: Filter, value: object): boolean {
    let test = this.#filters.get(filter);
    if (!test) this.#filters.set(filter, (test = compileFilter(filter)));
    return test(value);
  }
}

/** The run of events that ends with the last one, neighbours less than 30 min apart; none when that one is too old. */
function currentSession(events: readonly EventEntry[], t: number): readonly EventEntry[] {
  const last = events.at(-1);
  if (!last || t - last.timestamp >= SESSION) return [];
  const start = events.findLastIndex(
    (event, at) => at === 0 || event.timestamp - events[at - 1]!.timestamp >= SESSION,
  );
  return events.slice(start);
}
