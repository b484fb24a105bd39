import type { Test } from "../filter/filter-operators.ts";
import type { CompiledTest } from "./comparison.ts";
import type { PlannedOperator, PlannedSegment } from "./plan.ts";

/**
 * A condition made ready; conditions that mean the same by their form share one. It is a leaf, which tests the value of
 * an operator or the context, or it is made of parts: true when at least `min` of them are, or, negated,
 * when fewer are.
 */
export interface Node {
  /** Position among those that every profile keeps, parts before what is made of them; -1 when it reaches the context. */
  at: number;
  /** Of a leaf: the test of an operator's value or of the context. */
  holds: Test | undefined;
  /** The next leaf of the same operator. */
  next: Node | undefined;
  parents: Node[];
  /** The segments that it decides. */
  segments: PlannedSegment[];
  /** Of a leaf: the operator whose value it tests; none tests the context. */
  planned?: PlannedOperator;
  wanted?: CompiledTest["wanted"];
  parts?: readonly Node[];
  min?: number;
  negate?: boolean;
}

/** Whether what is made of parts is true, its parts being so. */
export function opens({ parts, min, negate }: Node, isTrue: (part: Node) => boolean): boolean {
  return parts!.filter(isTrue).length >= min! !== negate;
}
