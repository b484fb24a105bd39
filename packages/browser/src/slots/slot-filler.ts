import {
  exposuresOf,
  SLOT_TARGETS,
  slotHtml,
  slotValue,
  takesContent,
  type Exposure,
  type SlotDecision,
  type SlotPlan,
} from "@murmur/core";
import type { SlotChange } from "../listeners.ts";
import { guarded } from "../report.ts";

type Decisions = Readonly<Record<string, SlotDecision>>;
const VARIANT = "data-murmur-variant";
const EDGE = "data-murmur-edge";

type Slots = ReadonlyMap<string, SlotPlan>;

/** How long after it came a slot may still be filled, ms, where neither the page nor the definition says so. */
const TIMEOUT = 300;

/** What `data-murmur-…` puts a field of the content into: an attribute of that name, or the element itself. */
const TARGETS = [...SLOT_TARGETS, "html"] as const;

/** By element. */
type OwnValues = WeakMap<Element, string | null>;

type Target = (typeof TARGETS)[number];

export interface SlotFiller {
  /**
   * Shows what is decided from now on; returns the slots of which something else is decided than before. `whose` is the
   * device that it is decided for; without one, nobody may be known any more. One's content is never left to another. Of the
   * `slots` that it knows and decides nothing for, the device says that the page's own stays; what it does not know is the edge's.
   */
  fill(decisions: Decisions, whose?: string, slots?: Slots): SlotChange[];
  /** Shows what is decided in the slots that may still be changed. */
  refill(): void;
}

/**
 * Fills `data-murmur-slot` elements without flicker: before the page is painted, within the slot's timeout, or not at all.
 * What is decided later is told and not shown. Who decides, this device or the edge, makes no difference here. `record` is
 * given what is to be recorded of a decision that the shopper really has before their eyes, once for each view of the page.
 */
export function slotFiller(record: (exposure: Exposure) => void): SlotFiller {
  let decisions = new Map<string, SlotDecision>();
  let slots: Slots = new Map();
  let known: string | undefined;
  /** Who was known is so no longer: what the edge has put there for them goes, too. */
  let left = false;
  /** What was recorded stays as it is for this view of the page: by that its cap may be used up. */
  const pinned = new Map<string, SlotDecision>();
  let view: string | undefined;
  /** When a slot came, by the page's own time, ms. */
  const arrivals = new WeakMap<Element, number>();
  /** What a slot shows. */
  const shown = new WeakMap<Element, string>();
  /** The page's own values, from before anything was filled. */
  const own = TARGETS.map((): OwnValues => new WeakMap());

  /** Slots that are new have come at `now`. */
  const look = (now: number, always?: boolean): void => {
    if (view !== location.pathname) pinned.clear();
    view = location.pathname;
    for (const slot of document.querySelectorAll("[data-murmur-slot]")) {
      const name = slot.getAttribute("data-murmur-slot")!;
      if (!arrivals.has(slot)) arrivals.set(slot, now);
      const timeout = slot.getAttribute("data-murmur-timeout") ?? slots.get(name)?.timeout ?? TIMEOUT;
      if (always || now <= arrivals.get(slot)! + Number(timeout) || isUnseen()) show(slot, name);
      see(slot, name);
    }
  };

  const decided = (name: string): SlotDecision | undefined => pinned.get(name) ?? decisions.get(name);

  const show = (slot: Element, name: string): void => {
    const decision = decided(name);
    // What the edge has put there stays, until this device knows better.
    if (!decision && !slots.has(name) && !left && slot.hasAttribute(EDGE)) return;
    showIn(slot, own, decision);
    // Tells style sheets and tests which variant is shown; nothing for the page's own content.
    write(slot, VARIANT, decision ? nameOf(decision) : null);
    shown.set(slot, keyOf(decision));
  };

  const see = (slot: Element, name: string): void => {
    const decision = decisions.get(name);
    const exposures = decision ? exposuresOf(decision) : [];
    if (!decision || !exposures[0] || pinned.has(name) || document.hidden) return;
    // The edge has shown the same before this device has come to it.
    const isEdges = slot.hasAttribute(EDGE) && slot.getAttribute(VARIANT) === nameOf(decision);
    if (shown.has(slot) ? shown.get(slot) !== keyOf(decision) : !isEdges) return;
    pinned.set(name, decision);
    exposures.forEach(record);
  };

  // What is there by now may have been seen from the page's beginning on.
  look(0);
  return {
    fill(news, whose, all = new Map()) {
      const names = new Set([...decisions.keys(), ...Object.keys(news)]);
      const before = [...names].map((slot) => [slot, keyOf(decided(slot))] as const);
      left ||= known !== undefined && whose !== known;
      if (whose !== known) {
        decisions.clear();
        pinned.clear();
        look(0, true);
      }
      known = whose;
      slots = all;
      decisions = new Map(Object.entries(news));
      look(performance.now());
      return before
        .filter(([slot, was]) => was !== keyOf(decided(slot)))
        .map(([slot]) => ({ slot, decision: decided(slot) }));
    },
    refill: () => look(performance.now()),
  };
}

/** Whether nobody sees one content replace another: nothing is painted yet, or the page is not shown. */
function isUnseen(): boolean {
  return document.hidden || !performance.getEntriesByType("paint")[0];
}

function nameOf({ variant }: SlotDecision): string {
  return variant ?? "fallback";
}

/** What makes a decision another one: whether it is recorded already does not. */
function keyOf(decision: SlotDecision | undefined): string {
  return JSON.stringify(decision && [decision.variant, decision.content, decision.experiment?.variant]);
}

/** Puts a decision's content into a slot, and what the page has of its own where there is none. */
function showIn(slot: Element, own: readonly OwnValues[], decision: SlotDecision | undefined): void {
  TARGETS.forEach((target, at) => {
    const attribute = `data-murmur-${target}`;
    for (const element of [slot, ...slot.querySelectorAll(`[${attribute}]`)]) {
      const field = element.getAttribute(attribute);
      // A slot in a slot is its own.
      if (field === null || element.closest("[data-murmur-slot]") !== slot) continue;
      put(own[at]!, element, target, valueFor(element, target, field, decision));
    }
  });
}

/** What is to stand in an element; undefined where the page's own does. */
function valueFor(
  element: Element,
  target: Target,
  field: string,
  decision: SlotDecision | undefined,
): string | undefined {
  const value = takesContent(element.localName) ? decision?.content[field] : undefined;
  return target === "html" ? slotHtml(field, value) : slotValue(target, value);
}

/** The markup that was put into an element: what the browser makes of it may read otherwise. */
const markup = new WeakMap<Element, string>();

/** Shows a value, or the page's own, which `values` keeps. */
function put(values: OwnValues, element: Element, target: Target, value: string | undefined): void {
  if (!values.has(element)) values.set(element, ownOf(element, target));
  const wanted = value ?? values.get(element)!;
  // Writing only what differs spares the page mutations and reloaded pictures.
  if (wanted === read(element, target)) return;
  if (target === "text") element.textContent = wanted;
  else if (target === "html") {
    markup.set(element, wanted!);
    // Trusted Types may forbid it.
    guarded(() => (element.innerHTML = wanted!))();
  } else write(element, target, wanted);
}

function read(element: Element, target: Target): string | null {
  if (target === "text") return element.textContent;
  return target === "html" ? (markup.get(element) ?? element.innerHTML) : element.getAttribute(target);
}

/** The page's own value: what the edge has put aside, where it was here before. */
function ownOf(element: Element, target: Target): string | null {
  const kept = element.getAttribute(`data-murmur-own-${target}`);
  if (kept !== null) return kept ? kept.slice(1) : null;
  const template = element.querySelector<HTMLTemplateElement>("template[data-murmur-own]");
  if (!template || (target !== "text" && target !== "html")) return read(element, target);
  if (target === "text") return template.content.textContent;
  template.remove();
  return template.innerHTML;
}

function write(element: Element, attribute: string, value: string | null): void {
  if (value === null) element.removeAttribute(attribute);
  else element.setAttribute(attribute, value);
}
