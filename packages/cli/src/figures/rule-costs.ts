import {
  compile,
  type Condition,
  type Definition,
  type Entry,
  type Measure,
  type Program,
} from "@murmur/core";
import type { Member } from "../run/member.ts";
import type { Watcher } from "../run/watcher.ts";

/** Entries of the sample, and for how long all rules together are measured, ms. */
const SAMPLE = 500;
const BUDGET = 150;
/** Entries that a rule is given at least, where there are so many rules that one turn takes longer than that. */
const ENOUGH = 200;
/** One in so many people, as long as the sample is not full. */
const PEOPLE = 4;

/** What a rule costs by itself. */
export interface RuleCost {
  segment: string;
  /** µs that an entry of the sample takes under the rule alone. */
  microseconds: number;
}

/**
 * What each rule costs: each is compiled alone, with what it refers to, and given the same sample of whole logs. Together
 * they cost less than the sum, for what several rules ask is computed once.
 */
export class RuleCosts implements Watcher {
  readonly #logs = new Map<string, Entry[]>();
  #entries = 0;
  #people = 0;

  begin({ id }: Member): void {
    if (this.#people++ % PEOPLE === 0 && this.#entries < SAMPLE) this.#logs.set(id, []);
  }

  entry({ id }: Member, entry: Entry): void {
    if (this.#entries >= SAMPLE) return;
    const log = this.#logs.get(id);
    if (!log) return;
    log.push(entry);
    this.#entries++;
  }

  /** Dearest first. */
  result(definition: Definition): RuleCost[] {
    const logs = [...this.#logs.values()].filter((log) => log.length > 0);
    if (logs.length === 0) return [];
    const rules = Object.keys(definition.segments).map((segment) => {
      return { segment, program: compile(aloneIn(definition, segment)), costs: [] as number[] };
    });
    // In turns, so that all of them have their share of what else the machine does, and of the engine's own warming up.
    const end = performance.now() + BUDGET;
    do for (const { program, costs } of rules) costs.push(costOf(program, logs, end));
    while (performance.now() < end);
    return rules
      .map(({ segment, costs }) => ({ segment, microseconds: lowerQuartile(costs) }))
      .sort((a, b) => b.microseconds - a.microseconds);
  }
}

/** µs that an entry takes, all logs being gone through once; after `end`, as many of them as say enough. */
function costOf(program: Program, logs: readonly (readonly Entry[])[], end: number): number {
  let entries = 0;
  const start = performance.now();
  for (const log of logs) {
    const profile = program.profile();
    for (const entry of log) {
      if (entry.type === "event") profile.record(entry);
      else profile.identify(entry);
    }
    entries += log.length;
    if (entries > ENOUGH && performance.now() > end) break;
  }
  return ((performance.now() - start) * 1_000) / entries;
}

/** Of the quicker half, so that what else the machine does counts little. */
function lowerQuartile(costs: number[]): number {
  return costs.sort((a, b) => a - b)[costs.length >> 2]!;
}

/** The definition with one segment, and what it needs. */
export function aloneIn({ segments, measures = {} }: Definition, id: string): Definition {
  const kept: Record<string, Definition["segments"][string]> = {};
  const keptMeasures: Record<string, Measure> = {};
  const waiting = [id];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (Object.hasOwn(kept, next)) continue;
    kept[next] = segments[next]!;
    const { segmentIds, measureNames } = namesIn(segments[next]!);
    // A filter may hold a property of that name, whose value is no segment's.
    waiting.push(...segmentIds.filter((name) => Object.hasOwn(segments, name)));
    for (const name of measureNames) if (Object.hasOwn(measures, name)) keptMeasures[name] = measures[name]!;
  }
  return { segments: kept, measures: keptMeasures as NonNullable<Definition["measures"]> };
}

function namesIn(condition: object): { segmentIds: string[]; measureNames: string[] } {
  const segmentIds: string[] = [];
  const measureNames: string[] = [];
  const walk = (value: Condition | object): void => {
    if ("segment" in value && typeof value.segment === "string") segmentIds.push(value.segment);
    if ("measure" in value && typeof value.measure === "string") measureNames.push(value.measure);
    for (const part of Object.values(value))
      if (typeof part === "object" && part !== null) walk(part as object);
  };
  walk(condition);
  return { segmentIds, measureNames };
}
