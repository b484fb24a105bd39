import type { Entry, Identify, MurmurEvent } from "../log/entry.ts";
import type { Context } from "./context.ts";
import { DueQueue } from "./due-queue.ts";
import { opens, type Node } from "./node.ts";
import type { Taker } from "./event-index.ts";
import type { Graph, GraphOperator } from "./graph.ts";
import type { SnapshotBody } from "./snapshot.ts";
import { Truths } from "./truths.ts";

/** What a profile goes on from: a snapshot, or an instant and nothing more. */
type Saved = Partial<Omit<SnapshotBody, "clock">> & { clock?: SnapshotBody["clock"] | undefined };

/** The changing part of a profile: operators' states, what is due, and the truths that follow. */
export class ProfileState {
  readonly truths: Truths;
  /** ms; -Infinity before there is one. */
  clock: number;
  /** Whether an event came that only the whole log can place. */
  needsReplay: boolean;
  readonly #graph: Graph;
  /** States by the position of their operator; there is none of one that has seen no entry. */
  readonly #states: unknown[];
  readonly #due: DueQueue<GraphOperator>;
  // Bound once: they are called for every event.
  readonly #dueOf = (planned: GraphOperator): number =>
    planned.operator.due(this.stateOf(planned), this.clock);
  readonly #give = (entry: MurmurEvent | Identify, { planned, input }: Taker): void => {
    const { at, operator } = planned;
    this.#states[at] ??= operator.init();
    if (operator.take(this.#states[at], entry as never, input)) this.needsReplay = true;
    this.#refresh(planned);
  };

  constructor(graph: Graph, { clock, needsReplay = false, states = [] }: Saved = {}) {
    this.#graph = graph;
    this.truths = new Truths(graph);
    // At their full length: an array that grows by leaps is a slow one.
    this.#states = Array(graph.operators.length);
    this.#due = new DueQueue(graph.operators.length);
    this.clock = clock ?? -Infinity;
    this.needsReplay = needsReplay;
    for (const [at, state] of states) this.#states[at] = state;
    for (const planned of graph.operators) this.#refresh(planned);
  }

  /** Gives an entry to everything that it concerns. */
  take(entry: MurmurEvent | Identify, type: Entry["type"] | undefined): void {
    if (type === "event") this.#graph.index.match(entry as MurmurEvent, this.#give);
    else this.#give(entry, { planned: this.#graph.operators[0]!, input: 0 });
  }

  /** Looks again at every operator that is due by the clock. */
  expire(): void {
    for (let planned; (planned = this.#due.take(this.clock));) this.#refresh(planned);
  }

  /** The earliest instant, before `limit`, at which an operator's answer changes by time alone; Infinity if none. */
  nextDue(limit: number): number {
    return this.#due.next(limit, this.#dueOf);
  }

  /** The state of an operator, brought to the clock. */
  stateOf({ at, operator }: GraphOperator): unknown {
    const state = this.#states[at] ?? operator.init();
    operator.prune?.(state, this.clock);
    return state;
  }

  valueOf(planned: GraphOperator): unknown {
    return planned.operator.value(this.stateOf(planned), this.clock);
  }

  /** Whether a node is true, with a context; what tests the context is false without one. */
  isTrue(node: Node, context?: Context): boolean {
    if (node.at >= 0) return this.truths.is(node);
    return node.parts ? opens(node, (part) => this.isTrue(part, context)) : !!context && node.holds!(context);
  }

  save(): Pick<SnapshotBody, "clock" | "needsReplay" | "states"> {
    const { clock, needsReplay } = this;
    const states = this.#states.flatMap((_seen, at): SnapshotBody["states"] => [
      [at, this.stateOf(this.#graph.operators[at]!)],
    ]);
    return { clock, needsReplay, states };
  }

  /** Tests an operator's value at the clock, and queues the instant at which it is to be looked at again. */
  #refresh(planned: GraphOperator): void {
    const { operator } = planned;
    let { leaf } = planned;
    const state = this.stateOf(planned);
    // Where nobody compares the value, nobody has to be woken when it changes.
    if (!leaf) return;
    const value = operator.value(state, this.clock);
    for (; leaf; leaf = leaf.next) this.truths.set(leaf, leaf.holds!(value));
    this.#due.set(planned, operator.due(state, this.clock));
  }
}
