import {
  parseDuration,
  type Condition,
  type Context,
  type Definition,
  type Entry,
  type Json,
  type Measure,
  type Scalar,
  type SequenceCondition,
  type Transition,
  type TrendCondition,
} from "../../src/index.ts";
import { OracleLog, SESSION } from "./oracle-log.ts";
import {
  averageOf,
  compares,
  exactSumOf,
  favoriteOf,
  fractionOf,
  numbersIn,
  scalarsIn,
  sumOf,
  valuesAt,
  visitAt,
} from "./oracle-measures.ts";

/**
 * The slow, obvious reading of the language: it keeps the whole log and computes everything anew from it, in the words
 * of the contract. It shares the filters and the durations with the engine, and nothing else.
 */
export class Oracle {
  readonly definition: Definition;
  readonly #log: OracleLog;

  constructor(definition: Definition) {
    this.definition = definition;
    this.#log = new OracleLog(distancesIn(definition), definition.private);
  }

  get log(): readonly Entry[] {
    return this.#log.entries;
  }

  /** False for an id that the log already has: the first one is kept. */
  add(entry: Entry): boolean {
    return this.#log.add(entry);
  }

  /** Contextual segments only where there is a context. */
  members(t: number, context?: Context): string[] {
    const visit = context && visitAt(context, t);
    return Object.keys(this.definition.segments)
      .filter((id) => context !== undefined || !this.isContextual(this.when(id)))
      .filter((id) => this.isTrue(this.when(id), t, visit))
      .sort();
  }

  when(id: string): Condition {
    const segment = this.definition.segments[id]!;
    return "when" in segment ? segment.when : segment;
  }

  /** Whether the condition reaches the context, straight or through other segments. */
  isContextual(condition: Condition): boolean {
    if ("context" in condition) return true;
    return this.parts(condition).some((part) => this.isContextual(part));
  }

  parts(condition: Condition): readonly Condition[] {
    if ("all" in condition) return condition.all;
    if ("any" in condition) return condition.any;
    if ("not" in condition) return [condition.not];
    if ("atLeast" in condition) return condition.of;
    return "segment" in condition ? [this.when(condition.segment)] : [];
  }

  isTrue(condition: Condition, t: number, visit?: Context): boolean {
    const holds = (part: Condition): boolean => this.isTrue(part, t, visit);
    if ("all" in condition) return condition.all.every(holds);
    if ("any" in condition) return condition.any.some(holds);
    if ("not" in condition) return !holds(condition.not);
    if ("atLeast" in condition) return condition.of.filter(holds).length >= condition.atLeast;
    if ("segment" in condition) return holds(this.when(condition.segment));
    if ("trait" in condition) return this.#log.matches(condition.trait, this.#log.traits(t));
    if ("context" in condition) return visit !== undefined && this.#log.matches(condition.context, visit);
    if ("sequence" in condition) return this.#hasRun(condition, t);
    if ("trend" in condition) return this.#isTrend(condition, t);
    const measure = "measure" in condition ? this.definition.measures![condition.measure]! : condition;
    return compares(this.measure(measure, t), condition, "sinceLast" in measure || "sinceFirst" in measure);
  }

  measure(measure: Measure, t: number): Scalar | undefined {
    if ("measure" in measure) return this.measure(this.definition.measures![measure.measure]!, t);
    if ("count" in measure) return this.#log.select(measure.count, measure, t).length;
    if ("sinceLast" in measure || "sinceFirst" in measure) {
      const event =
        "sinceLast" in measure
          ? this.#log.select(measure.sinceLast, measure, t).at(-1)
          : this.#log.select(measure.sinceFirst, measure, t)[0];
      return event && t - event.timestamp;
    }
    const values = (path: string): Json[] => valuesAt(path, this.#log.select(measure.of, measure, t));
    if ("sum" in measure) return sumOf(numbersIn(values(measure.sum)));
    if ("distinct" in measure) return new Set(scalarsIn(values(measure.distinct))).size;
    if ("favorite" in measure) return favoriteOf(scalarsIn(values(measure.favorite)));
    if ("first" in measure) return scalarsIn(values(measure.first))[0];
    if ("last" in measure) return scalarsIn(values(measure.last)).at(-1);
    const path = "avg" in measure ? measure.avg : "min" in measure ? measure.min : measure.max;
    const numbers = numbersIn(values(path));
    if (numbers.length === 0) return undefined;
    if ("avg" in measure) return averageOf(numbers);
    return "min" in measure ? Math.min(...numbers) : Math.max(...numbers);
  }

  /** Every transition in (from, to] of a profile that was evaluated at `from`, or never. */
  transitions(from: number | undefined, to: number): Transition[] {
    const transitions: Transition[] = [];
    let before = from === undefined ? [] : this.members(from);
    const instants = from === undefined ? [] : this.#log.instants().filter((at) => at > from && at < to);
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
    return this.#log.instants().find((at) => at > t && JSON.stringify(read(at)) !== now);
  }

  /** Whether there are e1 < e2 < …: every choice of them is tried. */
  #hasRun({ sequence, span, without, within }: SequenceCondition, t: number): boolean {
    const events = this.#log.events(t);
    const longest = span === undefined ? Infinity : parseDuration(span)!;
    const reach = within === undefined ? Infinity : parseDuration(within)!;
    const isRun = (first: number, last: number): boolean =>
      events[last]!.timestamp - events[first]!.timestamp <= longest &&
      t - reach < events[first]!.timestamp &&
      !events
        .slice(first + 1, last)
        .some((event) => without !== undefined && this.#log.takes(without, event));
    const goesOn = (step: number, first: number, last: number): boolean =>
      step === sequence.length
        ? isRun(first, last)
        : events.some(
            (event, at) =>
              at > last && this.#log.takes(sequence[step]!, event) && goesOn(step + 1, first, at),
          );
    return events.some((event, at) => this.#log.takes(sequence[0]!, event) && goesOn(1, at, at));
  }

  #isTrend({ trend, every, periods, change }: TrendCondition, t: number): boolean {
    const length = parseDuration(every)!;
    const level = (k: number): bigint => {
      const events = this.#log
        .events(t - k * length)
        .filter(({ timestamp }) => timestamp > t - (k + 1) * length)
        .filter((event) => this.#log.takes("count" in trend ? trend.count : trend.of, event));
      return "count" in trend ? BigInt(events.length) : exactSumOf(numbersIn(valuesAt(trend.sum, events)));
    };
    return Array.from({ length: periods }, (_none, k) => k).every((k) => {
      const [now, before] = [level(k), level(k + 1)];
      if (before <= 0n) return false;
      // now / before - 1 against the ratio, both multiplied by what they are divided by.
      const { above, below } = fractionOf("lte" in change ? change.lte : change.gte);
      const [left, right] = [(now - before) * below, above * before];
      return "lte" in change ? left <= right : left >= right;
    });
  }
}

/** What became of the memberships, in order of segment id. */
export function difference(before: string[], after: string[], at: number): Transition[] {
  return [...new Set([...before, ...after])].sort().flatMap((segment): Transition[] => {
    if (before.includes(segment) === after.includes(segment)) return [];
    return [{ segment, change: after.includes(segment) ? "entered" : "exited", at }];
  });
}

/** How long after an entry anything can change, ms: every duration that is written, each period of a trend, a session. */
function distancesIn(value: unknown): number[] {
  if (value === "session") return [SESSION];
  if (typeof value !== "object" || value === null) return [parseDuration(value) ?? []].flat();
  const { every, periods } = value as Partial<TrendCondition>;
  const length = periods === undefined ? 0 : parseDuration(every)!;
  const edges = Array.from({ length: (periods ?? 0) + 1 }, (_none, k) => (k + 1) * length);
  return [...new Set([...Object.values(value).flatMap(distancesIn), ...edges])];
}
