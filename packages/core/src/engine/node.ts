import type { Test } from "../filter/test-of.ts";
import type { GraphOperator, GraphSegment } from "./graph.ts";

/** A node of a plan, brought to life. */
export interface Node {
  /** Position among those that every profile keeps, parts before what is made of them; -1 when it reaches the context. */
  at: number;
  /** Of a leaf: the test of an operator's value or of the context. */
  holds: Test | undefined;
  /** The next leaf of the same operator. */
  next: Node | undefined;
  parents: Node[];
  /** The segments that it decides. */
  segments: GraphSegment[];
  /** Of a leaf: the operator whose value it tests; none tests the context. */
  planned: GraphOperator | undefined;
  parts: readonly Node[] | undefined;
  min: number | undefined;
  negate: boolean;
}

/** Whether what is made of parts is true, its parts being so. */
export function opens({ parts, min, negate }: Node, isTrue: (part: Node) => boolean): boolean {
  return parts!.filter(isTrue).length >= min! !== negate;
}
