import { DueHeap } from "./due-heap.ts";
import type { Plan } from "./plan.ts";

/** What is true of nobody-yet: where every profile of a plan starts from. Computed once a plan. */
export interface BlankTruths {
  /** 1 or 0 for each node. */
  values: Uint8Array;
  /** How many of a gate's children are true. */
  counts: Int32Array;
}

export function blankTruths(plan: Plan): BlankTruths {
  const values = new Uint8Array(plan.gates.length);
  const counts = new Int32Array(plan.gates.length);
  for (const { operator, tests } of plan.operators) {
    const value = operator.value(operator.init(), 0);
    for (const { node, comparison } of tests) values[node] = Number(comparison.holds(value));
  }
  for (const { node, matches } of plan.traitTests) values[node] = Number(matches({}));
  plan.gates.forEach((gate, node) => {
    if (!gate) return;
    counts[node] = plan.children[node]!.reduce((sum, child) => sum + (values[child] as number), 0);
    values[node] = Number((counts[node] as number) >= gate.min !== gate.negate);
  });
  return { values, counts };
}

const NONE: readonly number[] = [];

/** The truths of one profile: leaves are set, gates follow, each looked at once however many of its children changed. */
export class Truths {
  readonly #plan: Plan;
  readonly #values: Uint8Array;
  readonly #counts: Int32Array;
  /** Gates to look at, the lowest number first: a child is settled before its parent is asked. */
  readonly #waiting = new DueHeap();
  readonly #touched = new Set<number>();

  constructor(plan: Plan, blank: BlankTruths) {
    this.#plan = plan;
    this.#values = blank.values.slice();
    this.#counts = blank.counts.slice();
  }

  is(node: number): boolean {
    return this.#values[node] === 1;
  }

  set(node: number, truth: boolean): void {
    if (this.is(node) === truth) return;
    this.#values[node] = Number(truth);
    for (const segment of this.#plan.segmentsAt[node]!) this.#touched.add(segment);
    for (const parent of this.#plan.parents[node]!) {
      this.#counts[parent] = (this.#counts[parent] as number) + (truth ? 1 : -1);
      this.#waiting.push(parent, parent);
    }
  }

  /** Brings every gate up to date; returns the segments that may have changed since the last call, in order of id. */
  settle(): readonly number[] {
    while (this.#waiting.next < Infinity) {
      const node = this.#waiting.pop();
      const { min, negate } = this.#plan.gates[node]!;
      this.set(node, (this.#counts[node] as number) >= min !== negate);
    }
    if (this.#touched.size === 0) return NONE;
    const touched = [...this.#touched].sort((a, b) => a - b);
    this.#touched.clear();
    return touched;
  }
}
