import type { Identify, MurmurEvent, Scalar } from "../log/entry.ts";
import { DueQueue } from "./due-queue.ts";
import type { Plan } from "./plan.ts";
import type { Program } from "./program.ts";
import type { Snapshot } from "./snapshot.ts";
import { Traits } from "./traits.ts";
import { Truths } from "./truths.ts";

/** The changing part of a profile: operators' states, what is due, and the truths that follow. */
export class ProfileState {
  readonly truths: Truths;
  readonly traits = new Traits();
  clock: number | undefined;
  /** Whether an event came that only the whole log can place. */
  needsReplay = false;
  readonly #program: Program;
  readonly #states: unknown[] = [];
  readonly #due = new DueQueue();
  /** Until the first settling, every segment is news: what is true of nobody-yet is entered then. */
  #fresh = true;

  constructor(program: Program) {
    this.#program = program;
    this.truths = new Truths(program.plan, program.blank);
  }

  /** Gives an event to every operator that it concerns. */
  take(event: MurmurEvent): void {
    this.#program.plan.index.match(event, (at, input) => {
      const { operator } = this.#program.plan.operators[at]!;
      const state = (this.#states[at] ??= operator.init());
      if (!operator.take(state, event, input, this.clock as number)) this.needsReplay = true;
      this.#refresh(at);
    });
  }

  identify(identify: Identify): void {
    this.traits.set(identify);
    testTraits(this.#program.plan, this.traits, this.truths);
  }

  /** Looks again at every operator that is due by the clock. */
  expire(): void {
    for (;;) {
      const at = this.#due.take(this.clock as number);
      if (at === undefined) return;
      this.#refresh(at);
    }
  }

  /** The earliest instant, before `limit`, at which an operator's answer changes by time alone. */
  nextDue(limit = Infinity): number | undefined {
    if (this.#due.earliest >= limit) return undefined;
    return this.#due.next((at) => this.due(at, this.clock as number));
  }

  value(at: number, instant: number): Scalar | undefined {
    const { operator } = this.#program.plan.operators[at]!;
    return operator.value(this.#states[at] ?? operator.init(), instant);
  }

  atLeast(at: number, instant: number): boolean {
    const { operator } = this.#program.plan.operators[at]!;
    return operator.atLeast?.(this.#states[at] ?? operator.init(), instant) ?? false;
  }

  due(at: number, instant: number): number {
    const state = this.#states[at];
    return state === undefined ? Infinity : this.#program.plan.operators[at]!.operator.due(state, instant);
  }

  /** Brings the truths up to date; returns the segments (positions) that may have changed, in order of id. */
  settle(): readonly number[] {
    const touched = this.truths.settle();
    if (!this.#fresh) return touched;
    this.#fresh = false;
    return this.#program.plan.segments.map((_id, segment) => segment);
  }

  save(): Pick<Snapshot, "traits" | "states"> {
    const states = this.#states.flatMap((state, at): [number, unknown][] => {
      if (state === undefined) return [];
      this.#program.plan.operators[at]!.operator.prune?.(state, this.clock as number);
      return [[at, state]];
    });
    return { traits: this.traits.rows, states };
  }

  restore({ clock, needsReplay, traits, states }: Omit<Snapshot, "sum">): void {
    this.clock = clock ?? undefined;
    this.needsReplay = needsReplay;
    this.traits.restore(traits);
    testTraits(this.#program.plan, this.traits, this.truths);
    for (const [at, state] of states) {
      this.#states[at] = state;
      this.#refresh(at);
    }
  }

  /** Tests an operator's value at the clock, and queues the instant at which it is to be looked at again. */
  #refresh(at: number): void {
    const clock = this.clock as number;
    const { operator, tests } = this.#program.plan.operators[at]!;
    operator.prune?.(this.#states[at], clock);
    // Where nobody compares the value, nobody has to be woken when it changes.
    if (tests.length === 0) return;
    const value = operator.value(this.#states[at], clock);
    for (const { node, comparison } of tests) this.truths.set(node, comparison.holds(value));
    this.#due.set(at, operator.due(this.#states[at], clock));
  }
}

function testTraits({ traitTests }: Plan, traits: Traits, truths: Truths): void {
  if (traitTests.length === 0) return;
  const values = traits.values;
  for (const { node, matches } of traitTests) truths.set(node, matches(values));
}
