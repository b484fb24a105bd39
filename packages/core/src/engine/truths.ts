import { opens, type Node } from "./node.ts";
import type { Graph, GraphSegment } from "./graph.ts";

/** The truths of one profile: leaves are set, and what is made of them follows, each looked at once. */
export class Truths {
  /** By the position of the node; none is true at first. */
  readonly #values: Uint8Array;
  /** What is made of leaves that changed; at first, everything. */
  readonly #waiting: Set<Node>;
  /** Segments that may have changed. At first every one is news: what is true of nobody-yet is entered, too. */
  readonly #touched: Set<GraphSegment>;

  constructor({ nodes, segments }: Graph) {
    this.#values = new Uint8Array(nodes.length);
    this.#waiting = new Set(nodes.filter(({ parts }) => parts));
    this.#touched = new Set(segments);
  }

  is({ at }: Node): boolean {
    return !!this.#values[at];
  }

  set(leaf: Node, truth: boolean): void {
    if (this.is(leaf) === truth) return;
    this.#values[leaf.at] = +truth;
    this.#touch(leaf);
  }

  /** Brings every node up to date; returns the segments that may have changed since the last call, in order of id. */
  settle(): GraphSegment[] {
    // Parts stand before what is made of them.
    for (const node of takeAll(this.#waiting)) {
      this.#values[node.at] = +opens(node, (part) => this.is(part));
    }
    return takeAll(this.#touched);
  }

  #touch({ segments, parents }: Node): void {
    for (const segment of segments) this.#touched.add(segment);
    for (const parent of parents) {
      if (this.#waiting.has(parent)) continue;
      this.#waiting.add(parent);
      this.#touch(parent);
    }
  }
}

/** Empties a set, in order of position. */
function takeAll<Item extends { at: number }>(set: Set<Item>): Item[] {
  if (set.size === 0) return [];
  const all = [...set].sort((a, b) => a.at - b.at);
  set.clear();
  return all;
}
