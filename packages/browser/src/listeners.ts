import type { SlotDecision, Transition } from "@murmur/core";
import type { Device } from "./device/device.ts";
import { report } from "./report.ts";

/** A slot, and what it is decided to show; nothing where the page's own content stays. */
export interface SlotChange {
  slot: string;
  decision?: SlotDecision | undefined;
}

/** What the page can listen to, and what it is told. */
export interface Told {
  entered: Transition;
  exited: Transition;
  slot: SlotChange;
  /** Something has changed; for the debug panel. */
  change: void;
}

/** How long a hidden page leaves it to the one that is seen to be the first to tell, ms. */
const HIDDEN_WAITS = 500;

/** Who on the page listens to what. */
export class Listeners {
  readonly #all = new Map(
    (["entered", "exited", "slot", "change"] as const).map((event) => [
      event as keyof Told,
      new Set<(told: never) => void>(),
    ]),
  );

  /** Returns what ends it. */
  add<Event extends keyof Told>(event: Event, listener: (told: Told[Event]) => void): () => void {
    const those = this.#all.get(event);
    if (!those) report("unknown_event", event);
    those?.add(listener);
    return () => void those?.delete(listener);
  }

  tell<Event extends keyof Told>(event: Event, told: Told[Event]): void {
    // Who begins to listen meanwhile is not told of this any more.
    for (const listener of new Set(this.#all.get(event)))
      try {
        listener(told as never);
      } catch (error) {
        report("listener", error);
      }
  }

  /** Tells of transitions, each on one page of the device alone, rather on one that is seen. */
  async tellOnce(device: Device, transitions: readonly Transition[]): Promise<void> {
    this.tell("change", undefined);
    if (!transitions[0]) return;
    if (document.hidden) await new Promise((resolve) => setTimeout(resolve, HIDDEN_WAITS));
    for (const transition of await device.claim(transitions)) this.tell(transition.change, transition);
  }
}
