import type { Explanation, Scalar, SlotDecision } from "@murmur/core";
import type { Murmur } from "../murmur.ts";

/** Something that is asked of the tag, and again whenever something has changed. */
export interface Question<Answer> {
  /** Two questions with one key are the same. */
  readonly key: string;
  readonly ask: (murmur: Murmur) => Promise<Answer>;
}

/** What each slot shows; nothing where the page's own content stays, null where that is everywhere: nobody may be known. */
export type Slots = Readonly<Record<string, SlotDecision | undefined>> | null;

/** Which segments the profile is in: ids, sorted. */
export const segments: Question<readonly string[]> = { key: "segments", ask: (murmur) => murmur.segments() };

/** What all slots show. */
export const slots: Question<Slots> = { key: "slots", ask: (murmur) => murmur.slots() as Promise<Slots> };

/** The value of one of the definition's measures; nothing where there is none. */
export function measure(name: string): Question<Scalar | undefined> {
  return { key: `measure ${name}`, ask: (murmur) => murmur.measure(name) };
}

/** Why the profile is in a segment or not. */
export function explanation(segmentId: string): Question<Explanation | undefined> {
  return { key: `why ${segmentId}`, ask: (murmur) => murmur.explain(segmentId) };
}
