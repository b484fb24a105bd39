import type { Murmur, Told } from "@murmur/browser";
import type { Explanation, Scalar, SlotDecision } from "@murmur/core";
import { expect } from "vitest";

/** A tag whose answers the test gives, when it likes. */
export interface FakeTag extends Murmur {
  answers: {
    segments: string[];
    /** Undefined as long as it has no profile, null after a no. */
    slots: Record<string, SlotDecision> | null | undefined;
    measures: Record<string, Scalar>;
    explanations: Record<string, Explanation>;
  };
  tracked: unknown[][];
  tell<Event extends keyof Told>(event: Event, told: Told[Event]): void;
  decide(slot: string, decision: SlotDecision | undefined): void;
  listeners(): number;
  /** Resolves when somebody listens. */
  followed(): Promise<void>;
}

/** One that knows its profile to be in those segments; without them, of none. */
export function fakeTag(segments?: string[]): FakeTag {
  const listeners = new Map<string, Set<(told: never) => void>>();
  const tag: Partial<FakeTag> = {
    answers: { segments: segments ?? [], slots: segments && {}, measures: {}, explanations: {} },
    tracked: [],
    tell: (event, told) => listeners.get(event)?.forEach((listener) => listener(told as never)),
    decide(slot, decision) {
      const { [slot]: _before, ...others } = tag.answers!.slots ?? {};
      tag.answers!.slots = { ...others, ...(decision && { [slot]: decision }) };
      tag.tell!("slot", { slot, decision });
    },
    listeners: () => [...listeners.values()].reduce((sum, { size }) => sum + size, 0),
    followed: () => expect.poll(() => tag.listeners!(), { interval: 1 }).toBeGreaterThan(0),
    on(event, listener) {
      const those = listeners.get(event) ?? new Set();
      listeners.set(event, those.add(listener as never));
      return () => void those.delete(listener as never);
    },
    track: async (...said) => void tag.tracked!.push(said),
    segments: async () => [...tag.answers!.segments],
    slots: async () => structuredClone(tag.answers!.slots),
    measure: async (name) => tag.answers!.measures[name],
    explain: async (id) => structuredClone(tag.answers!.explanations[id]),
  };
  return tag as FakeTag;
}
