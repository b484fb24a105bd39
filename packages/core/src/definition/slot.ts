import type { Json } from "../log/entry.ts";
import type { Condition } from "./condition.ts";
import type { Duration } from "./duration.ts";
import type { Place } from "./place.ts";
import type { Schedule } from "./schedule.ts";

/**
 * What a slot shows: any JSON, in whose texts `{{ path | default }}` stands for a value of `traits`, `measures` or
 * `context`. `html` is only ever taken from here, never from an event.
 */
export type SlotContent = { [key: string]: Json };

export interface SlotVariant {
  /** Unique within the slot. */
  id: string;
  when: Condition;
  content: SlotContent;
  /** When it may win; always without one. */
  schedule?: Schedule;
}

/** How often something may be shown to one profile: fewer than `max` times so far, counted from the log. */
export interface SlotCap {
  /** The variant that is counted and left out; without it, all that the slot decides but its fallback. */
  variant?: string;
  /** 1 or more. */
  max: number;
  /** Only what was shown in this sliding window, or in the current session, counts; without it, all ever shown. */
  within?: Duration | "session";
}

export interface SlotDefinition {
  /** The first whose `when` is true, whose schedule is open and whose cap is not used up wins. */
  variants: readonly SlotVariant[];
  /** Shown when no variant wins; without one, the page's own content stays. */
  fallback?: { content: SlotContent };
  cap?: SlotCap | readonly SlotCap[];
  /** When its variants may win and its experiments run; always without one. */
  schedule?: Schedule;
  /** How long after it came on the page the slot may still be filled: a duration or ms; 300 ms without it. */
  timeout?: Duration | number;
  evaluate?: Place;
}

/** The caps of a slot, however they are written. */
export function capsOf({ cap = [] }: SlotDefinition): readonly SlotCap[] {
  return [cap].flat() as SlotCap[];
}
