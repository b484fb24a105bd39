import type { Refine, SlotDecision } from "@murmur/core";
import type { Device } from "../device/device.ts";
import { slotsHere } from "../device/on-this-page.ts";
import type { Listeners } from "../listeners.ts";
import { guarded, report } from "../report.ts";
import { slotFiller } from "./slot-filler.ts";

/** Brings what decides slots that have experiments, or values in their texts. */
export type LoadRefine = () => Promise<Refine>;

/** The slots of this page. */
export interface PageSlots {
  /** Shows what is decided by now, and tells of what is decided otherwise than before. */
  fill: () => void;
  /** Shows it in slots that are new. */
  refill: () => void;
  /** What is decided, once all that it takes is here, the edge's first answer among it; nothing without a profile, null after a no. */
  decisions: () => Promise<Record<string, SlotDecision> | null | undefined>;
}

/** Decides, fills and tells of the slots of this page. What only some definitions need is loaded with the first that does. */
export function pageSlots(
  device: Device,
  listeners: Listeners,
  record: Parameters<typeof slotFiller>[0],
  load: LoadRefine,
): PageSlots {
  const { state } = device;
  const filler = slotFiller(record);
  let refine: Refine | undefined;
  let loading: Promise<void> | undefined;
  /** Nobody is known, or after a no, may be. */
  let nobody: null | undefined;

  const begin = async (): Promise<void> => {
    try {
      refine = await load();
      fill();
    } catch (error) {
      report("no_decisions", error);
    }
  };
  const decided = (): Record<string, SlotDecision> =>
    slotsHere(state, refine ?? (() => void (loading ??= begin())));
  const fill = guarded(() => {
    const { engine, meta } = state;
    const { analytics, personalization } = device.consent;
    nobody = [analytics, personalization].includes(false) ? null : undefined;
    const told = filler.fill(
      decided(),
      engine.profile ? meta.device : nobody,
      engine.program?.slots,
      // Before the edge's first answer, a device that is new here, or was emptied, knows less than it.
      (slot) => meta.log !== undefined && !(slot?.refined && !refine),
    );
    for (const each of told) listeners.tell("slot", each);
  });

  return {
    fill,
    refill: guarded(filler.refill),
    async decisions() {
      await loading;
      return state.engine.profile && state.meta.log ? decided() : nobody;
    },
  };
}
