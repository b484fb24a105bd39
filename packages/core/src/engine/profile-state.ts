import type { Identify, MurmurEvent, Scalar } from "../log/entry.ts";
import { DueHeap } from "./due-heap.ts";
import type { PlannedOperator } from "./plan.ts";
import type { Program } from "./program.ts";
import type { Snapshot } from "./snapshot.ts";
import { Traits } from "./traits.ts";
import { Truths } from "./truths.ts";

/** The changing part of a profile: operators' states, what is due, and the truths that follow. */
export class ProfileState {
  readonly truths: Truths;
  clock: number | undefined;
  readonly #program: Program;
  readonly #states: unknown[] = [];
  readonly #due = new DueHeap();
  /** The instant for which each operator stands in the heap; entries for other instants are stale. */
  readonly #queued: number[] = [];
  #traits = new Traits();
  /** Until the first settling, every segment is news: what is true of nobody-yet is entered then. */
  #fresh = true;

  constructor(program: Program) {
    this.#program = program;
    this.truths = new Truths(program.plan, program.blank);
  }

  /** Gives an event to every operator that it concerns. False when one of them needs the whole log to place it. */
  take(event: MurmurEvent): boolean {
    let placed = true;
    this.#program.plan.index.match(event, (at, input) => {
      const { operator } = this.#operator(at);
      const state = (this.#states[at] ??= operator.init());
      if (!operator.take(state, event, input, this.clock as number)) placed = false;
      this.#refresh(at);
    });
    return placed;
  }

  identify(identify: Identify): void {
    this.#traits.set(identify);
    this.#testTraits();
  }

  /** Looks again at every operator that is due by `instant`, which is the clock. */
  expire(instant: number): void {
    while (this.#due.next <= instant) {
      const due = this.#due.next;
      const at = this.#due.pop();
      if (this.#queued[at] !== due) continue;
      this.#queued[at] = Infinity;
      this.#refresh(at);
    }
  }

  /** The earliest instant at which an operator's answer changes by time alone. */
  nextDue(): number | undefined {
    for (;;) {
      const instant = this.#due.next;
      if (instant === Infinity) return undefined;
      const at = this.#due.pop();
      if (this.#queued[at] !== instant) continue;
      // An operator is queued for the earliest instant it ever named; it may have moved on since.
      const due = this.due(at, this.clock as number);
      this.#queued[at] = due;
      if (due < Infinity) this.#due.push(due, at);
      if (due === instant) return instant;
    }
  }

  value(at: number, instant: number): Scalar | undefined {
    const { operator } = this.#operator(at);
    return operator.value(this.#states[at] ?? operator.init(), instant);
  }

  atLeast(at: number, instant: number): boolean {
    const { operator } = this.#operator(at);
    return operator.atLeast?.(this.#states[at] ?? operator.init(), instant) ?? false;
  }

  due(at: number, instant: number): number {
    const state = this.#states[at];
    return state === undefined ? Infinity : this.#operator(at).operator.due(state, instant);
  }

  get traits(): Traits {
    return this.#traits;
  }

  /** Brings the truths up to date; returns the segments (positions) that may have changed, in order of id. */
  settle(): readonly number[] {
    const touched = this.truths.settle();
    if (!this.#fresh) return touched;
    this.#fresh = false;
    return this.#program.plan.segments.map((_id, segment) => segment);
  }

  save(): Pick<Snapshot, "traits" | "states"> {
    const states = this.#states.flatMap((state, at): [number, unknown][] =>
      state === undefined ? [] : [[at, state]],
    );
    // A copy: the snapshot must not change with the profile.
    return JSON.parse(JSON.stringify({ traits: this.#traits.rows, states })) as Pick<
      Snapshot,
      "traits" | "states"
    >;
  }

  restore(snapshot: Snapshot): void {
    const { traits, states } = JSON.parse(JSON.stringify(snapshot)) as Snapshot;
    this.clock = snapshot.clock ?? undefined;
    this.#traits = new Traits(traits);
    this.#testTraits();
    for (const [at, state] of states) {
      this.#states[at] = state;
      this.#refresh(at);
    }
  }

  /** Tests an operator's value at the clock, and queues the instant at which it is to be looked at again. */
  #refresh(at: number): void {
    const clock = this.clock as number;
    const value = this.value(at, clock);
    for (const { node, comparison } of this.#operator(at).tests)
      this.truths.set(node, comparison.holds(value));
    const due = this.due(at, clock);
    if (due < (this.#queued[at] ?? Infinity)) {
      this.#queued[at] = due;
      this.#due.push(due, at);
    }
  }

  #testTraits(): void {
    const { traitTests } = this.#program.plan;
    if (traitTests.length === 0) return;
    const traits = this.#traits.values;
    for (const { node, matches } of traitTests) this.truths.set(node, matches(traits));
  }

  #operator(at: number): PlannedOperator {
    return this.#program.plan.operators[at]!;
  }
}
