import { DueQueue } from "./due-queue.ts";
import { opens, type Node } from "./node.ts";
import type { Plan, PlannedSegment } from "./plan.ts";

/** The truths of one profile: leaves are set, what is made of them follows, each looked at once however much changed. */
export class Truths {
  /** 1 or 0 for each node, and how many of its parts are true. */
  readonly #values: Uint8Array;
  readonly #counts: Int32Array;
  /** Nodes to look at, the lowest position first: parts are settled before what is made of them is asked. */
  readonly #waiting = new DueQueue<Node>();
  /** Segments that may have changed. At first every one is news: what is true of nobody-yet is entered, too. */
  readonly #touched: Set<PlannedSegment>;

  /** Starts from what is true of nobody-yet, which is computed once a plan. */
  constructor({ nodes, segments }: Plan, blank?: Truths) {
    this.#values = blank ? blank.#values.slice() : new Uint8Array(nodes.length);
    this.#counts = blank ? blank.#counts.slice() : new Int32Array(nodes.length);
    this.#touched = new Set(segments);
    if (!blank) for (const node of nodes) if (node.parts) this.#waiting.set(node, node.at);
  }

  is({ at }: Node): boolean {
    return this.#values[at] === 1;
  }

  set(node: Node, truth: boolean): void {
    if (this.is(node) === truth) return;
    this.#values[node.at] = Number(truth);
    for (const segment of node.segments) this.#touched.add(segment);
    for (const parent of node.parents) {
      this.#counts[parent.at]! += truth ? 1 : -1;
      this.#waiting.set(parent, parent.at);
    }
  }

  /** Brings every node up to date; returns the segments that may have changed since the last call, in order of id. */
  settle(): PlannedSegment[] {
    for (let node; (node = this.#waiting.take(Infinity)); ) this.set(node, opens(node, this.#counts[node.at]!));
    const touched = [...this.#touched].sort((a, b) => a.at - b.at);
    this.#touched.clear();
    return touched;
  }
}

/** What is true of nobody-yet: where every profile of a plan starts from. */
export function blankTruths(plan: Plan): Truths {
  const truths = new Truths(plan);
  for (const { operator, leaves } of plan.operators) {
    const value = operator.value(operator.init(), 0);
    for (const leaf of leaves) truths.set(leaf, leaf.holds!(value));
  }
  for (const { leaf } of plan.traits) truths.set(leaf, leaf.holds!({}));
  truths.settle();
  return truths;
}
