import type { Entry, FollowHost, JourneysState, Profile, Transition } from "@murmur/core";

/** One profile's journeys, as who keeps the profile deals with them. Everything is done within the caller's transaction. */
export interface Journeys {
  /**
   * Whether there are any to follow. Where the person does not allow them, those that ran have ended; where the definition has none,
   * what is known of earlier ones stays.
   */
  isOn(): boolean;
  /** Brings profile and journeys through entries to `now`, ms, and writes down what is to be sent. */
  follow(
    host: FollowHost,
    entries: readonly Entry[],
    now: number,
  ): { profile: Profile; transitions: Transition[] };
  /**
   * Heeds entries, or all of the log where it is looked at anew, as there are none to follow: what earlier ones still have to send
   * goes to nobody who objects, and to the address of now.
   */
  heed(profile: Profile, entries: readonly Entry[], log: () => Iterable<Entry>): void;
  /**
   * What holds now is no news to journeys: the definition is another, or entries have gone. What is in `known` nobody will bring
   * them: goals among it end their runs.
   */
  lookAnew(known?: Iterable<Entry>): void;
  /** Every run ends, and nothing of journeys is left. */
  end(): void;
  /** Those of a device that joins go on here, where `known`, the log so far, has no goal for them. May be repeated. */
  takeOver(other: JourneysState, known: Iterable<Entry>): void;
  /** What began on a device that leaves ends with it, and nothing more of it goes out. */
  letGo(owner: string): void;
  /** As they are stored; nothing where there are none. */
  stored(): JourneysState | undefined;
  /** When a journey goes on by time alone, ms. */
  nextWake(): number | undefined;
  /** What is in memory may be ahead of the store. */
  forget(): void;
}
