import type { SlotDecision } from "@murmur/core";
import type { SlotChange } from "../listeners.ts";

/** By slot; undefined where this device knows the slot and the page's own content is to stay. */
type Decisions = Readonly<Record<string, SlotDecision | undefined>>;

/** How long after it came a slot may still be filled, ms, where it does not say so itself. */
const TIMEOUT = 300;

/** What `data-murmur-…` puts a field of the content into: an attribute of that name, or the element's text. */
const TARGETS = ["text", "href", "src", "alt"] as const;

export interface SlotFiller {
  /**
   * Shows what is decided from now on; returns the slots of which something else is decided than before. `whose` is the
   * device that it is decided for; without one, nobody may be known any more. One's content is never left to another.
   */
  fill(decisions: Decisions, whose?: string): SlotChange[];
  /** Shows what is decided in the slots that may still be changed. */
  refill(): void;
}

/**
 * Fills `data-murmur-slot` elements without flicker: before the page is painted, within the slot's timeout, or not at all.
 * What is decided later is told and not shown. Who decides, this device or the edge, makes no difference here.
 */
export function slotFiller(): SlotFiller {
  let decisions: Decisions = {};
  let known: string | undefined;
  /** Who was known is so no longer: what the edge has put there for them goes, too. */
  let left = false;
  /** Until when a slot may be changed before the shopper's eyes, by the page's own time, ms. */
  const deadlines = new WeakMap<Element, number>();
  /** The page's own values, from before anything was filled. */
  const own = Object.fromEntries(TARGETS.map((target) => [target, new WeakMap<Element, string | null>()]));

  /** Slots that are new have come at `now`. */
  const look = (now: number, always?: boolean): void => {
    for (const slot of document.querySelectorAll("[data-murmur-slot]")) {
      if (!deadlines.has(slot))
        deadlines.set(slot, now + Number(slot.getAttribute("data-murmur-timeout") ?? TIMEOUT));
      if (always || now <= deadlines.get(slot)! || isUnseen()) show(slot);
    }
  };

  const show = (slot: Element): void => {
    const name = slot.getAttribute("data-murmur-slot")!;
    const isDecided = Object.hasOwn(decisions, name);
    // What the edge has put there stays, until this device knows better.
    if (!isDecided && !left && slot.hasAttribute("data-murmur-edge")) return;
    const decision = isDecided ? decisions[name] : undefined;
    for (const target of TARGETS) {
      const attribute = `data-murmur-${target}`;
      for (const element of [slot, ...slot.querySelectorAll(`[${attribute}]`)]) {
        const field = element.getAttribute(attribute);
        if (field !== null) put(own[target]!, element, target, decision?.content[field]);
      }
    }
    // Tells style sheets and tests which variant is shown; nothing for the page's own content.
    write(slot, "data-murmur-variant", decision ? (decision.variant ?? "fallback") : null);
  };

  // What is there by now may have been seen from the page's beginning on.
  look(0);
  return {
    fill(decided, whose) {
      const before = decisions;
      decisions = {};
      left ||= known !== undefined && whose !== known;
      if (whose !== known) look(0, true);
      known = whose;
      decisions = decided;
      look(performance.now());
      return Object.keys({ ...before, ...decided })
        .filter((slot) => JSON.stringify(before[slot]) !== JSON.stringify(decided[slot]))
        .map((slot) => ({ slot, decision: decided[slot] }));
    },
    refill: () => look(performance.now()),
  };
}

/** Whether nobody sees one content replace another: nothing is painted yet, or the page is not shown. */
function isUnseen(): boolean {
  return document.hidden || !performance.getEntriesByType("paint")[0];
}

/** Shows a value, or the page's own, which `values` keeps. */
function put(
  values: WeakMap<Element, string | null>,
  element: Element,
  target: string,
  value: unknown,
): void {
  const current = target === "text" ? element.textContent : element.getAttribute(target);
  if (!values.has(element)) values.set(element, ownOf(element, target, current));
  const wanted = isSafe(target, value) ? value : values.get(element)!;
  // Writing only what differs spares the page mutations and reloaded pictures.
  if (wanted === current) return;
  if (target === "text") element.textContent = wanted;
  else write(element, target, wanted);
}

/** The page's own value: what the edge has put aside, where it was here before. */
function ownOf(element: Element, target: string, current: string | null): string | null {
  const kept = element.getAttribute(`data-murmur-own-${target}`);
  if (kept !== null) return kept ? kept.slice(1) : null;
  const template =
    target === "text" && element.querySelector<HTMLTemplateElement>("template[data-murmur-own]");
  return template ? template.content.textContent : current;
}

function write(element: Element, attribute: string, value: string | null): void {
  if (value === null) element.removeAttribute(attribute);
  else element.setAttribute(attribute, value);
}

/** Text is; an address must not run code. */
function isSafe(target: string, value: unknown): value is string {
  if (typeof value !== "string") return false;
  const { protocol } = Object.assign(document.createElement("a"), { href: value });
  return target === "text" || target === "alt" || /^(https?|mailto|tel):$/.test(protocol);
}
