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

/** Whether the device knows as much of a slot as the edge. */
type Knows = (slot: SlotPlan | undefined) => boolean;

/** How long after it came a slot may still be filled, ms, where neither the page nor the definition says so. */
const TIMEOUT = 300;

/** What `data-murmur-…` puts a field of the content into: an attribute of that name, or the element itself. */
const TARGETS = [...SLOT_TARGETS, "html"] as const;

/** By element. */
type OwnValues = WeakMap<Element, string | null>;

type Target = (typeof TARGETS)[number];

/**
 * Fills `data-murmur-slot` elements without flicker: before the page is painted, within the slot's timeout, or not at all.
 * What is decided later is told and not shown. Who decides, this device or the edge, makes no difference here.
 */
export class SlotFiller {
  readonly #record: (exposure: Exposure) => void;
  #decisions = new Map<string, SlotDecision>();
  #slots: Slots = new Map();
  #knows: Knows = () => false;
  #known: string | undefined;
  /** Who was known is so no longer: what the edge has put there for them goes, too. */
  #left = false;
  /** What was recorded stays as it is for this view of the page: by that its cap may be used up. */
  readonly #pinned = new Map<string, SlotDecision>();
  #view: string | undefined;
  /** When a slot came, by the page's own time, ms. */
  readonly #arrivals = new WeakMap<Element, number>();
  /** What a slot shows. */
  readonly #shown = new WeakMap<Element, string>();
  /** The page's own values, from before anything was filled. */
  readonly #own = TARGETS.map((): OwnValues => new WeakMap());

  /** `record` is given what is to be recorded of a decision that the shopper has before their eyes, once for each view of the page. */
  constructor(record: (exposure: Exposure) => void) {
    this.#record = record;
    // What is there by now may have been seen from the page's beginning on.
    this.#look(0);
  }

  /**
   * Shows what is decided from now on; returns the slots of which something else is decided than before. `whose` is the
   * device that it is decided for; without one, nobody may be known any more. One's content is never left to another. Of the
   * `slots` that it knows and decides nothing for, the device says that the page's own stays; what it does not know is the edge's,
   * and so is what it knows less of than the edge.
   */
  fill(
    decisions: Decisions,
    whose?: string,
    slots: Slots = new Map(),
    knows: Knows = () => true,
  ): SlotChange[] {
    const before = new Map<string, string>();
    for (const slot of [...this.#decisions.keys(), ...Object.keys(decisions)])
      before.set(slot, keyOf(this.#decided(slot)));
    if (whose !== this.#known) {
      this.#left ||= this.#known !== undefined;
      this.#decisions.clear();
      this.#pinned.clear();
      this.#look(0, true);
    }
    this.#known = whose;
    this.#slots = slots;
    this.#knows = knows;
    this.#decisions = new Map(Object.entries(decisions));
    this.refill();
    return [...before]
      .filter(([slot, was]) => was !== keyOf(this.#decided(slot)))
      .map(([slot]) => ({ slot, decision: this.#decided(slot) }));
  }

  /** Shows what is decided in the slots that may still be changed. */
  refill(): void {
    this.#look(performance.now());
  }

  /** Slots that are new have come at `now`. */
  #look(now: number, always?: boolean): void {
    if (this.#view !== location.pathname) this.#pinned.clear();
    this.#view = location.pathname;
    for (const slot of document.querySelectorAll("[data-murmur-slot]")) {
      const name = slot.getAttribute("data-murmur-slot")!;
      if (!this.#arrivals.has(slot)) this.#arrivals.set(slot, now);
      const timeout = slot.getAttribute("data-murmur-timeout") ?? this.#slots.get(name)?.timeout ?? TIMEOUT;
      if (always || now <= this.#arrivals.get(slot)! + Number(timeout) || isUnseen()) this.#show(slot, name);
      this.#see(slot, name);
    }
  }

  #decided(name: string): SlotDecision | undefined {
    return this.#pinned.get(name) ?? this.#decisions.get(name);
  }

  #show(slot: Element, name: string): void {
    const decision = this.#decided(name);
    // What the edge has put there stays, until this device knows better.
    const plan = this.#slots.get(name);
    const isKnown = this.#knows(plan) && (decision || plan);
    if (!isKnown && !this.#left && slot.hasAttribute(EDGE)) return;
    showIn(slot, this.#own, decision);
    // Tells style sheets and tests which variant is shown; nothing for the page's own content.
    write(slot, VARIANT, decision ? nameOf(decision) : null);
    this.#shown.set(slot, keyOf(decision));
  }

  /** Records what is before the shopper's eyes, and pins it. */
  #see(slot: Element, name: string): void {
    const decision = this.#decisions.get(name);
    const exposures = decision ? exposuresOf(decision) : [];
    if (!exposures[0] || this.#pinned.has(name) || document.hidden) return;
    const shown = this.#shown.get(slot);
    if (shown === undefined ? !isEdges(slot, decision!) : shown !== keyOf(decision)) return;
    this.#pinned.set(name, decision!);
    exposures.forEach(this.#record);
  }
}

/** Whether nobody sees one content replace another: nothing is painted yet, or the page is not shown. */
function isUnseen(): boolean {
  return document.hidden || !performance.getEntriesByType("paint")[0];
}

/** Whether the edge has shown the same before this device has come to it. */
function isEdges(slot: Element, decision: SlotDecision): boolean {
  return slot.hasAttribute(EDGE) && slot.getAttribute(VARIANT) === nameOf(decision);
}

function nameOf({ variant }: SlotDecision): string {
  return variant ?? "fallback";
}

/** What makes a decision another one: whether it is recorded already does not. */
function keyOf(decision: SlotDecision | undefined): string {
  return JSON.stringify(decision ? [decision.variant, decision.content, decision.experiment?.variant] : null);
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
