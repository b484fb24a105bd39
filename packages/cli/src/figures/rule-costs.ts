import { compile, type Condition, type Definition, type Entry, type Measure } from "@murmur/core";
import type { Member } from "../run/member.ts";
import type { Watcher } from "../run/watcher.ts";

/** Entries of the sample, and for how long all rules together are measured, ms. */
const SAMPLE = 1_000;
const BUDGET = 300;
/** One in so many people, as long as the sample is not full. */
const PEOPLE = 4;
/** Rules that are measured once for nothing. */
const WARM_UP = 10;

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
    const ids = Object.keys(definition.segments);
    const each = BUDGET / ids.length;
    // Once for nothing: the first to run would pay for the engine's own warming up.
    for (const segment of ids.slice(0, WARM_UP)) costOf(aloneIn(definition, segment), logs, each);
    return ids
      .map((segment) => ({ segment, microseconds: costOf(aloneIn(definition, segment), logs, each) }))
      .sort((a, b) => b.microseconds - a.microseconds);
  }
}

/** µs an entry: the quicker half of what fits into the time given, so that what else the machine does counts little. */
function costOf(definition: Definition, logs: readonly (readonly Entry[])[], budget: number): number {
  const program = compile(definition);
  const end = performance.now() + budget;
  const costs: number[] = [];
  do {
    let entries = 0;
    const start = performance.now();
    for (const log of logs) {
      const profile = program.profile();
      for (const entry of log) {
        if (entry.type === "event") profile.record(entry);
        else profile.identify(entry);
      }
      entries += log.length;
      if (performance.now() > end && entries > 200) break;
    }
    costs.push(((performance.now() - start) * 1_000) / entries);
  } while (performance.now() < end);
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
