import { dryRun, type Definition, type DryRun, type Entry } from "@murmur/core";
import type { EntryTaker } from "../input/read-entries.ts";

/** How often something was done, of one step of a journey. */
export interface StepCount {
  journey: string;
  step: string;
  /** What is sent, called or written; `skipped` and the reason where it was not. */
  what: string;
  times: number;
  people: number;
}

/** Takes everybody's logs, and lets the journeys run over those that are whole: a part of the people at a time. */
export class DryRunner implements EntryTaker {
  readonly #definition: Definition;
  readonly #asOf: number | undefined;
  readonly #onRun: (run: DryRun) => void;
  readonly #wanted: string | undefined;
  readonly #logs = new Map<string, Entry[]>();
  readonly #steps = new Map<string, StepCount>();
  /** Whether the one who is asked about is among them. */
  isKnown = false;
  people = 0;
  /** Runs that are still on their way at the end. */
  running = 0;
  ended = -Infinity;

  constructor(
    definition: Definition,
    asOf: number | undefined,
    onRun: (run: DryRun) => void,
    wanted?: string,
  ) {
    this.#wanted = wanted;
    this.#definition = definition;
    this.#asOf = asOf;
    this.#onRun = onRun;
  }

  take(profile: string, entry: Entry): boolean {
    const log = this.#logs.get(profile);
    if (log) log.push(entry);
    else this.#logs.set(profile, [entry]);
    return true;
  }

  close(latest: number): void {
    this.ended = this.#asOf ?? latest;
    for (const run of dryRun(this.#definition, this.#logs, this.ended)) this.#count(run);
    this.people += this.#logs.size;
    if (this.#wanted !== undefined && this.#logs.has(this.#wanted)) this.isKnown = true;
    this.#logs.clear();
  }

  /** Those that did most first. */
  get steps(): StepCount[] {
    return [...this.#steps.values()].sort((a, b) => b.times - a.times || (a.step < b.step ? -1 : 1));
  }

  #count(run: DryRun): void {
    const seen = new Set<string>();
    const add = (journey: string, step: string, what: string): void => {
      const key = JSON.stringify([journey, step, what]);
      const counted = this.#steps.get(key) ?? { journey, step, what, times: 0, people: 0 };
      counted.times++;
      if (!seen.has(key)) counted.people++;
      seen.add(key);
      this.#steps.set(key, counted);
    };
    for (const { journey, step, action } of run.effects) add(journey, step, actionWords(action));
    for (const { journey, step, reason } of run.skipped)
      add(journey, step, `skipped: ${reason.replaceAll("_", " ")}`);
    this.running += run.running.length;
    if (run.effects.length > 0 || run.skipped.length > 0) this.#onRun(run);
  }
}

/** What an action does, in a few words. */
export function actionWords(action: DryRun["effects"][number]["action"]): string {
  switch (action.kind) {
    case "send":
      return `${action.channel} ${action.template}`;
    case "webhook":
      return `webhook ${action.receiver}`;
    case "trait":
      return `trait ${Object.keys(action.traits).join(", ")}`;
    case "event":
      return `event ${action.name}`;
  }
}
