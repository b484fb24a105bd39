import type { Condition } from "./condition.ts";
import type { EmailTemplate, JourneyDefinition, MessageSettings } from "./journey.ts";
import type { ExperimentDefinition } from "./experiment.ts";
import type { OwnMeasure } from "./measure.ts";
import type { Place } from "./place.ts";
import type { SlotDefinition } from "./slot.ts";

export interface SegmentDefinition {
  when: Condition;
  /** For people. */
  name?: string;
  description?: string;
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
  /** By their ids. Of those on one slot, the first that takes a profile in decides it. */
  experiments?: { readonly [id: string]: ExperimentDefinition };
  /** Names of events that never leave the device. */
  private?: readonly string[];
}

/** The long form of a segment's definition. */
export function segmentDefinition(segment: SegmentDefinition | Condition): SegmentDefinition {
  return "when" in segment ? segment : { when: segment };
}
