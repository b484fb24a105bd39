import type { JourneysState } from "@murmur/core";

/** Where a profile's journeys are kept. In its own SQLite, so that one transaction holds log, transitions and effects. */
export interface JourneyStore {
  /** None where the profile was never looked at for journeys. */
  load(): JourneysState | undefined;
  /** Writes what has changed since `before`. */
  save(state: JourneysState, before: JourneysState | undefined): void;
  clear(): void;
}
