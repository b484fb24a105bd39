import type { EventEntry } from "@murmur/core";
import type { Peer } from "./peer.ts";

/**
 * What an application has to write around a peer: it keeps the events, which come in order, and counts them anew for each
 * answer, from the latest back to the window's edge, in an object that it uses again.
 */
export class PeerHost {
  readonly #peer: Peer;
  readonly #window: number;
  readonly #events: EventEntry[] = [];
  readonly #categories: readonly string[];
  readonly #counts: Record<string, number>;

  constructor(peer: Peer, categories: readonly string[], window: number) {
    this.#peer = peer;
    this.#window = window;
    this.#categories = categories;
    this.#counts = Object.fromEntries(categories.map((category) => [category, 0]));
  }

  remember(event: EventEntry): void {
    this.#events.push(event);
  }

  /** The memberships with this event. */
  record(event: EventEntry): readonly string[] | Promise<readonly string[]> {
    this.#events.push(event);
    this.#count(event.timestamp);
    return this.#peer.members(this.#counts);
  }

  #count(now: number): void {
    const counts = this.#counts;
    // Not one missing: a peer may take what is missing for what it cannot decide.
    for (const category of this.#categories) counts[category] = 0;
    for (let at = this.#events.length - 1; at >= 0; at--) {
      const { timestamp, properties } = this.#events[at]!;
      if (timestamp <= now - this.#window) return;
      counts[properties!["category"] as string]!++;
    }
  }
}
