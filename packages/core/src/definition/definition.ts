import type { Json } from "../log/entry.ts";
import type { Condition } from "./condition.ts";
import type { EmailTemplate, JourneyDefinition, MessageSettings } from "./journey.ts";
import type { OwnMeasure } from "./measure.ts";

/** Where a segment is evaluated: on the device and at the edge (`both`, the default), or on one of them alone. */
export type Place = "both" | "edge" | "device";

export interface SegmentDefinition {
  when: Condition;
  /** For people. */
  name?: string;
  description?: string;
  evaluate?: Place;
}

/** What a slot shows: any JSON; `html` is only ever taken from here, never from an event. */
export type SlotContent = { [key: string]: Json };

export interface SlotVariant {
  /** Unique within the slot. */
  id: string;
  when: Condition;
  content: SlotContent;
}

export interface SlotDefinition {
  /** The first whose `when` is true wins. */
  variants: readonly SlotVariant[];
  /** Shown when no variant wins; without one, the page's own content stays. */
  fallback?: { content: SlotContent };
  evaluate?: Place;
}

/** The whole workspace: who is in which segment, and what they are shown. */
export interface Definition {
  /** A bare condition is short for `{ when: condition }`. */
  segments: { readonly [id: string]: SegmentDefinition | Condition };
  measures?: { readonly [name: string]: OwnMeasure };
  slots?: { readonly [name: string]: SlotDefinition };
  /** What happens to whom, step by step; at the edge alone. */
  journeys?: { readonly [id: string]: JourneyDefinition };
  /** For the messages of all journeys together. */
  messages?: MessageSettings;
  /** E-mails, by the names that steps call them by. */
  templates?: { readonly [name: string]: EmailTemplate };
  /** Addresses of receivers, by the names that steps call them by: https. */
  webhooks?: { readonly [name: string]: string };
  /** Names of events that never leave the device. */
  private?: readonly string[];
}

/** The long form of a segment's definition. */
export function segmentDefinition(segment: SegmentDefinition | Condition): SegmentDefinition {
  return "when" in segment ? segment : { when: segment };
}
