import type { Scalar } from "../../log/entry.ts";
import type { Place } from "../../log/order.ts";
import type { Operator } from "../operator.ts";
import type { Kept } from "./kept.ts";

/** What a kind of measure makes of the events of a selection, and what it needs beside them. */
export interface Aggregate {
  /** The value of what is kept: all of it counts. */
  value(operator: Operator, kept: Kept, at: number): Scalar | undefined;
  /** What is kept of the value at the path, where there is one; an event without it is passed over. */
  read?(value: unknown): Scalar | undefined;
  /** Takes an event in (+1) or out (-1). */
  fold?(kept: Kept, sign: 1 | -1, value: Scalar, place?: Place): void;
  /**
   * Makes room for a value at a position: drops what can never matter beside it. Returns the position that it comes to
   * have; -1 when this one never will matter.
   */
  makeRoom?(operator: Operator, kept: Kept, to: number, value: Scalar): number;
  /** Position of the event that, going out, changes the value; the first by default. */
  out?(operator: Operator, kept: Kept): number;
  /** When time alone changes the value for another reason than that an event goes out. */
  due?(operator: Operator, kept: Kept, at: number): number;
}
