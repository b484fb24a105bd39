import type { MurmurEvent, Scalar } from "../../log/entry.ts";
import type { Place } from "../../log/order.ts";
import type { Kept } from "./kept.ts";

/** What a kind of measure makes of the events of a selection, and how much of them it needs. */
export interface Aggregate {
  /** The value of what is kept: all of it counts. */
  value(kept: Kept, at: number): Scalar | undefined;
  /** Reads what is kept beside an event; one without it is passed over. */
  read?: (event: MurmurEvent) => Scalar | undefined;
  /** Whether, where nothing ever goes out, events are counted and not kept. */
  folds?: boolean;
  /** Takes an event in (+1) or out (-1). */
  fold?(kept: Kept, sign: 1 | -1, value: Scalar, place?: Place): void;
  /** Whether the first that counts is enough: where nothing ever goes out, no other is kept. */
  first?: boolean;
  /**
   * Makes room for a value at a position: drops what can never matter beside it. Returns the position that it comes to
   * have; -1 when this one never will matter.
   */
  makeRoom?(kept: Kept, to: number, value: Scalar): number;
  /** Position of the event that, going out, changes the value; the first by default. */
  out?(kept: Kept): number;
  /** When time alone changes the value for another reason than that an event goes out. */
  due?(kept: Kept, at: number): number;
}
