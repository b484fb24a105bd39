import type { CompiledTest } from "./comparison.ts";
import type { PlannedOperator, PlannedSegment } from "./plan.ts";

/**
 * A condition made ready; conditions that mean the same by their form share one. It is a leaf, which tests the value of
 * an operator or the context, or it is made of parts: true when at least `min` of them are, or, negated,
 * when fewer are.
 */
export interface Node extends Partial<Omit<CompiledTest, "edges">> {
  /** Position among those that every profile keeps, parts before what is made of them; -1 when it reaches the context. */
  at: number;
  parents: Node[];
  /** The segments that it decides. */
  segments: PlannedSegment[];
  /** Of a leaf: the operator whose value it tests; none tests the context. */
  planned?: PlannedOperator;
  parts?: Node[];
  min?: number;
  negate?: boolean;
}

/** Whether what is made of parts is true, its parts being so. */
export function opens({ parts, min, negate }: Node, isTrue: (part: Node) => boolean): boolean {
  return parts!.filter(isTrue).length >= min! !== negate;
}
