import type { Exposure, SlotDecision, SlotPlan } from "@murmur/core";
import type { SlotChange } from "../listeners.ts";
import { showIn, write } from "./show-in.ts";

type Decisions = Readonly<Record<string, SlotDecision>>;
type Slots = ReadonlyMap<string, SlotPlan>;

/** Whether the device knows as much of a slot as the edge. */
type Knows = (slot: SlotPlan | undefined) => boolean;

const VARIANT = "data-murmur-variant";
const EDGE = "data-murmur-edge";

/** How long after it came a slot may still be filled, ms, where neither the page nor the definition says so. */
const TIMEOUT = 300;

/** When a slot came, by the page's own time, ms. */
const arrivals = new WeakMap<Element, number>();

export interface SlotFiller {
  /**
   * Shows what is decided from now on; returns the slots of which something else is decided than before. `whose` is the
   * device that it is decided for; without one, nobody is known any more; null: nobody may be, by the edge neither. One's content
   * is never left to another. Of the
   * `slots` that it knows and decides nothing for, the device says that the page's own stays; what it does not know is the edge's,
   * and so is what it knows less of than the edge.
   */
  fill(
    decisions: Decisions,
    whose: string | null | undefined,
    slots: Slots | undefined,
    knows: Knows,
  ): SlotChange[];
  /** Shows what is decided in the slots that may still be changed. */
  refill(): void;
}

/**
 * Fills `data-murmur-slot` elements without flicker: before the page is painted, within the slot's timeout, or not at all.
 * What is decided later is told and not shown. Who decides, this device or the edge, makes no difference here. `record` is given
 * what is to be recorded of a decision that the shopper has before their eyes, once for each view of the page.
 */
export function slotFiller(record: (exposure: Exposure) => void): SlotFiller {
  let decisions = new Map<string, SlotDecision>();
  let slots: Slots | undefined;
  let knows: Knows = () => false;
  let known: string | null | undefined;
  // Who was known is so no longer, or nobody may be: what the edge has put there for them goes, too.
  let left = false;
  // What was recorded stays as it is for this view of the page: by that its cap may be used up.
  const pinned = new Map<string, SlotDecision>();
  let view: string | undefined;
  const shown = new WeakMap<Element, string | undefined>();

  const decided = (name: string): SlotDecision | undefined => pinned.get(name) ?? decisions.get(name);
  const show = (slot: Element, name: string, plan: SlotPlan | undefined): void => {
    const decision = decided(name);
    // What the edge has put there stays, until this device knows better.
    if (!(knows(plan) && (decision || plan)) && !left && slot.hasAttribute(EDGE)) return;
    showIn(slot, decision);
    // Tells style sheets and tests which variant is shown; nothing for the page's own content.
    write(slot, VARIANT, decision ? nameOf(decision) : null);
    shown.set(slot, keyOf(decision));
  };
  const look = (now: number, always?: boolean): void => {
    if (view !== location.pathname) pinned.clear();
    view = location.pathname;
    for (const slot of document.querySelectorAll("[data-murmur-slot]")) {
      const name = slot.getAttribute("data-murmur-slot")!;
      const plan = slots?.get(name);
      if (mayChange(slot, plan, now) || always) show(slot, name, plan);
      // A slot that this device knows nothing of is the edge's alone.
      const decision = decisions.get(name) ?? (known && !plan ? byEdge()[name] : undefined);
      if (!decision?.exposures || pinned.has(name) || !isSeen(slot, decision, shown.get(slot))) continue;
      pinned.set(name, decision);
      decision.exposures.forEach(record);
    }
  };
  const refill = (): void => look(performance.now());

  // What is there by now may have been seen from the page's beginning on.
  look(0);
  return {
    refill,
    fill(next, whose, nextSlots, nextKnows) {
      const names = [...new Set([...decisions.keys(), ...Object.keys(next)])];
      const before = names.map((name) => keyOf(decided(name)));
      if (whose !== known) {
        left ||= known !== undefined || !whose;
        decisions.clear();
        pinned.clear();
        look(0, true);
      }
      [known, slots, knows] = [whose, nextSlots, nextKnows];
      decisions = new Map(Object.entries(next));
      refill();
      return names
        .filter((name, at) => before[at] !== keyOf(decided(name)))
        .map((slot) => ({ slot, decision: decided(slot) }));
    },
  };
}

/** What the edge says that it has put into this page. */
function byEdge(): Decisions {
  try {
    // Of a script alone: whoever may write markup into the page may give that id to anything else.
    return JSON.parse(
      (document.scripts as unknown as Record<string, Element>)["murmur-slots"]!.textContent,
    ) as Decisions;
  } catch {
    // It is none of the edge's, or its end is still on the way.
    return {};
  }
}

/** Whether a slot may be changed `now`, the page's own time, ms: it came a short while ago, or nobody sees it. */
function mayChange(slot: Element, plan: SlotPlan | undefined, now: number): boolean {
  if (!arrivals.has(slot)) arrivals.set(slot, now);
  const timeout = slot.getAttribute("data-murmur-timeout") ?? plan?.timeout ?? TIMEOUT;
  return now <= arrivals.get(slot)! + +timeout || isUnseen();
}

/** Whether nobody sees one content replace another: nothing is painted yet, or the page is not shown. */
function isUnseen(): boolean {
  return document.hidden || !performance.getEntriesByType("paint")[0];
}

/** Whether the shopper has a decision before their eyes: the slot shows it by this device's hand, or by the edge's before that. */
function isSeen(slot: Element, decision: SlotDecision, shown: string | undefined): boolean {
  if (document.hidden) return false;
  if (shown !== undefined) return shown === keyOf(decision);
  return slot.hasAttribute(EDGE) && slot.getAttribute(VARIANT) === nameOf(decision);
}

function nameOf({ variant }: SlotDecision): string {
  return variant ?? "fallback";
}

/** What makes a decision another one: whether it is recorded already does not. */
function keyOf(decision: SlotDecision | undefined): string | undefined {
  return decision && JSON.stringify([decision.variant, decision.content, decision.experiment?.variant]);
}
