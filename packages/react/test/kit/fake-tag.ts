import type { Murmur, Plugin, Told } from "@murmur/browser";
import type { Explanation, Scalar, SlotDecision } from "@murmur/core";
import { expect, vi } from "vitest";

/** A tag whose answers the test gives, when it likes. */
export interface FakeTag extends Murmur {
  answers: {
    segments: string[];
    measures: Record<string, Scalar>;
    explanations: Record<string, Explanation>;
  };
  tracked: unknown[][];
  tell<Event extends keyof Told>(event: Event, told: Told[Event]): void;
  decide(slot: string, decision: SlotDecision | undefined): void;
  /** The edge has taken something, and answered. */
  delivered(): void;
  listeners(): number;
  /** Resolves when somebody listens. */
  followed(): Promise<void>;
}

export function fakeTag(segments: string[] = []): FakeTag {
  const listeners = new Map<string, Set<(told: never) => void>>();
  const plugins: Plugin[] = [];
  const tag: Partial<FakeTag> = {
    answers: { segments, measures: {}, explanations: {} },
    tracked: [],
    tell: (event, told) => listeners.get(event)?.forEach((listener) => listener(told as never)),
    decide: (slot, decision) => tag.tell!("slot", { slot, decision }),
    delivered: () => plugins.forEach((plugin) => plugin.deliver?.([])),
    listeners: () => [...listeners.values()].reduce((sum, { size }) => sum + size, 0),
    followed: () => vi.waitFor(() => expect(tag.listeners!()).toBeGreaterThan(0), { interval: 1 }),
    on(event, listener) {
      const those = listeners.get(event) ?? new Set();
      listeners.set(event, those.add(listener as never));
      return () => void those.delete(listener as never);
    },
    use(plugin) {
      plugins.push(plugin);
      return () => {};
    },
    track: async (...said) => void tag.tracked!.push(said),
    segments: async () => [...tag.answers!.segments],
    slots: async () => undefined,
    measure: async (name) => tag.answers!.measures[name],
    explain: async (id) => structuredClone(tag.answers!.explanations[id]),
  };
  return tag as FakeTag;
}
