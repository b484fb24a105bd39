import {
  parseDuration,
  type Bound,
  type Comparison,
  type Condition,
  type Definition,
  type Entry,
  type EventEntry,
  type Filter,
  type Json,
  type Measure,
  type Narrowing,
  type Selector,
  type Transition,
} from "../../src/index.ts";
import { compileFilter } from "../../src/filter/filter.ts";

/**
 * The slow, obvious reading of the language: it keeps the whole log and computes everything anew from it, in the words
 * of the contract. It shares the filters and the durations with the engine, and nothing else.
 */
export class Oracle {
  readonly definition: Definition;
  readonly log: Entry[] = [];
  readonly #durations: readonly number[];
  readonly #filters = new Map<Filter, (value: unknown) => boolean>();

  constructor(definition: Definition) {
    this.definition = definition;
    this.#durations = durationsIn(definition);
  }

  /** False for an id that the log already has: the first one is kept. */
  add(entry: Entry): boolean {
    if (this.log.some(({ id }) => id === entry.id)) return false;
    this.log.push(entry);
    return true;
  }

  members(t: number): string[] {
    return Object.keys(this.definition.segments)
      .filter((id) => this.isMember(id, t))
      .sort();
  }

  isMember(id: string, t: number): boolean {
    const segment = this.definition.segments[id]!;
    return this.isTrue("when" in segment ? segment.when : segment, t);
  }

  isTrue(condition: Condition, t: number): boolean {
    if ("all" in condition) return condition.all.every((part) => this.isTrue(part, t));
    if ("any" in condition) return condition.any.some((part) => this.isTrue(part, t));
    if ("not" in condition) return !this.isTrue(condition.not, t);
    if ("segment" in condition) return this.isMember(condition.segment, t);
    if ("trait" in condition) return this.#matches(condition.trait, this.traits(t));
    return compares(this.measure(condition, t), condition);
  }

  measure(measure: Measure, t: number): number | undefined {
    if ("measure" in measure) return this.measure(this.definition.measures![measure.measure]!, t);
    if ("count" in measure) return this.#select(measure.count, measure, t).length;
    const event =
      "sinceLast" in measure
        ? this.#select(measure.sinceLast, measure, t).at(-1)
        : this.#select(measure.sinceFirst, measure, t)[0];
    return event && t - event.timestamp;
  }

  traits(t: number): { [key: string]: Json } {
    const traits = new Map<string, Json>();
    for (const entry of this.#upTo(t)) {
      if (entry.type !== "identify") continue;
      for (const [key, value] of Object.entries(entry.traits)) traits.set(key, value);
    }
    return Object.fromEntries([...traits].filter(([, value]) => value !== null));
  }

  /** Every transition in (from, to] of a profile that was evaluated at `from`, or never. */
  transitions(from: number | undefined, to: number): Transition[] {
    const transitions: Transition[] = [];
    let before = from === undefined ? [] : this.members(from);
    const instants = from === undefined ? [] : this.instants().filter((at) => at > from && at < to);
    for (const at of [...instants, to]) {
      const now = this.members(at);
      transitions.push(...difference(before, now, at));
      before = now;
    }
    return transitions;
  }

  /** The first instant after t at which `read` tells something else, if nothing more happens. */
  nextOther(t: number, read: (at: number) => unknown): number | undefined {
    const now = JSON.stringify(read(t));
    return this.instants().find((at) => at > t && JSON.stringify(read(at)) !== now);
  }

  /** Every instant at which anything can become other than it was: an entry, or a window or threshold after one. */
  instants(): number[] {
    const instants = this.log.flatMap(({ timestamp }) =>
      [0, ...this.#durations].flatMap((ms) => [timestamp + ms, timestamp + ms + 1]),
    );
    return [...new Set(instants)].sort((a, b) => a - b);
  }

  #select(selector: Selector, { within, after }: Narrowing, t: number): EventEntry[] {
    const events = this.#upTo(t).filter((entry) => entry.type === "event");
    const last = after === undefined ? undefined : events.findLast((event) => this.#takes(after, event));
    return events
      .slice(last ? events.indexOf(last) + 1 : 0)
      .filter((event) => this.#takes(selector, event))
      .filter((event) => within === undefined || t - parseDuration(within)! < event.timestamp);
  }

  #upTo(t: number): Entry[] {
    return this.log
      .filter(({ timestamp }) => timestamp <= t)
      .sort((a, b) => a.timestamp - b.timestamp || (a.id < b.id ? -1 : 1));
  }

  #takes(selector: Selector, event: EventEntry): boolean {
    if (typeof selector === "string") return event.name === selector;
    const isNamed = [selector.event].flat().includes(event.name);
    return isNamed && (!selector.where || this.#matches(selector.where, event.properties ?? {}));
  }

  #matches(filter: Filter, value: object): boolean {
    let test = this.#filters.get(filter);
    if (!test) this.#filters.set(filter, (test = compileFilter(filter)));
    return test(value);
  }
}

/** What became of the memberships, in order of segment id. */
export function difference(before: string[], after: string[], at: number): Transition[] {
  return [...new Set([...before, ...after])].sort().flatMap((segment): Transition[] => {
    if (before.includes(segment) === after.includes(segment)) return [];
    return [{ segment, change: after.includes(segment) ? "entered" : "exited", at }];
  });
}

function compares(value: number | undefined, comparison: Comparison): boolean {
  if (value === undefined) return false;
  const { gt, gte, lt, lte, eq, ne, between } = comparison;
  if (gt !== undefined) return value > number(gt);
  if (gte !== undefined) return value >= number(gte);
  if (lt !== undefined) return value < number(lt);
  if (lte !== undefined) return value <= number(lte);
  if (eq !== undefined) return value === number(eq);
  if (ne !== undefined) return value !== number(ne);
  return value >= number(between![0]) && value <= number(between![1]);
}

function number(bound: Bound): number {
  return typeof bound === "number" ? bound : parseDuration(bound)!;
}

/** Every text in the definition that reads as a duration, ms. */
function durationsIn(value: unknown): number[] {
  if (typeof value === "object" && value !== null) {
    return [...new Set(Object.values(value).flatMap(durationsIn))];
  }
  const ms = parseDuration(value);
  return ms === undefined ? [] : [ms];
}
