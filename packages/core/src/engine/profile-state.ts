import type { Entry, Identify, MurmurEvent } from "../log/entry.ts";
import type { Context } from "./context.ts";
import { DueTree } from "./due-tree.ts";
import type { Taker } from "./event-index.ts";
import type { Graph } from "./graph.ts";
import { opens, type Node } from "./node.ts";
import type { Operator } from "./operator.ts";
import type { SnapshotBody } from "./snapshot.ts";

/** What a profile goes on from: a snapshot, or an instant and nothing more. */
type Saved = Partial<Omit<SnapshotBody, "clock">> & { clock?: SnapshotBody["clock"] | undefined };

/** The changing part of a profile: operators' states, what is due, and the truths that follow. */
export class ProfileState {
  /** ms; -Infinity before there is one. */
  clock: number;
  /** Whether an event came that only the whole log can place. */
  needsReplay: boolean;
  readonly due: DueTree;
  readonly #graph: Graph;
  /** States by the position of their operator; there is none of one that has seen no entry. */
  readonly #states: unknown[];
  /** Whether each node is true, by its position. */
  readonly #true: Uint8Array;
  /** What may have changed, and everything that is made of it; and whether a node is among them, by its position. */
  readonly #touched: Node[] = [];
  readonly #isTouched: Uint8Array;
  // Bound once: it is called for every event.
  readonly #give = (entry: MurmurEvent | Identify, { operator, input }: Taker): void => {
    const { at, computing } = operator;
    const state = (this.#states[at] ??= computing.init());
    if (computing.take(operator, state as never, entry as never, input)) this.needsReplay = true;
    this.#look(operator);
  };

  constructor(graph: Graph, { clock, needsReplay = false, states = [] }: Saved = {}) {
    const { plan, computed, truths } = graph;
    this.#graph = graph;
    // At their full length: an array that grows by leaps is a slow one.
    this.#states = Array(computed.length);
    this.due = new DueTree(computed.length);
    this.#true = new Uint8Array(plan.kept);
    this.#isTouched = new Uint8Array(plan.kept);
    this.clock = clock ?? -Infinity;
    this.needsReplay = needsReplay;
    // What is true of nobody-yet is news: it is entered, too.
    for (const at of plan.initial) this.#set(truths[at]!, true);
    for (const [at, state] of states) this.#states[at] = state;
    // All of them, while they are at hand: the first event of each would else be the one to wait for its memory.
    for (const operator of computed) this.#look(operator);
  }

  /** Gives an entry to everything that it concerns. */
  take(entry: MurmurEvent | Identify, type: Entry["type"] | undefined): void {
    if (type === "event") this.#graph.taken(entry as MurmurEvent, this.#give);
    else this.#give(entry, { operator: this.#graph.computed[0]!, input: 0 });
  }

  /** Looks again at every operator that is due by the clock. */
  expire(): void {
    while (this.due.first <= this.clock) this.#look(this.#graph.computed[this.due.owner()]!);
  }

  /** The state of an operator, brought to the clock. */
  stateOf(operator: Operator): unknown {
    const { at, computing } = operator;
    const state = this.#states[at] ?? computing.init();
    computing.prune?.(operator, state as never, this.clock);
    return state;
  }

  valueOf(operator: Operator): unknown {
    return operator.computing.value(operator, this.stateOf(operator) as never, this.clock);
  }

  /** Whether a node is true, with a context; what tests the context is false without one. */
  isTrue(node: Node, context?: Context): boolean {
    if (node.at >= 0) return !!this.#true[node.at];
    return node.parts ? opens(node, (part) => this.isTrue(part, context)) : !!context && node.holds!(context);
  }

  /** Brings every truth up to date; returns the positions of segments that may have changed since the last call, in order. */
  settle(): number[] {
    const changed: number[] = [];
    // Parts stand before what is made of them.
    if (this.#touched[0])
      for (const node of this.#touched.splice(0).sort((a, b) => a.at - b.at)) {
        this.#isTouched[node.at] = 0;
        if (node.parts) this.#true[node.at] = +opens(node, (part) => !!this.#true[part.at]);
        changed.push(...node.decides);
      }
    return changed.sort((a, b) => a - b);
  }

  save(): Pick<SnapshotBody, "clock" | "needsReplay" | "states"> {
    const { clock, needsReplay } = this;
    const states = this.#states.flatMap((_seen, at): SnapshotBody["states"] => [
      [at, this.stateOf(this.#graph.computed[at]!)],
    ]);
    return { clock, needsReplay, states };
  }

  /** Tests an operator's value at the clock, and notes the instant at which it is to be looked at again. */
  #look(operator: Operator): void {
    const state = this.stateOf(operator) as never;
    // Where nobody compares the value, nobody has to be woken when it changes.
    let { computing, leaf } = operator;
    if (!leaf) return;
    const value = computing.value(operator, state, this.clock);
    for (; leaf; leaf = leaf.following) this.#set(leaf, leaf.holds!(value));
    this.due.set(operator.at, computing.due(operator, state, this.clock));
  }

  #set(node: Node, truth: boolean): void {
    if (!!this.#true[node.at] === truth) return;
    this.#true[node.at] = +truth;
    this.#touch(node);
  }

  #touch(node: Node): void {
    if (this.#isTouched[node.at]) return;
    this.#isTouched[node.at] = 1;
    this.#touched.push(node);
    for (const parent of node.parents) this.#touch(parent);
  }
}
