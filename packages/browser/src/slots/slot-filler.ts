import type { SlotDecision } from "@murmur/core";
import type { SlotChange } from "../listeners.ts";

type Decisions = Readonly<Record<string, SlotDecision>>;

/** What a field of the content is put into: an element's attribute that names the field, and the property it sets. */
const TARGETS = [
  ["data-murmur-text", "textContent"],
  ["data-murmur-href", "href"],
  ["data-murmur-src", "src"],
  ["data-murmur-alt", "alt"],
] as const;

const SAFE_PROTOCOLS: ReadonlySet<string> = new Set(["http:", "https:", "mailto:", "tel:"]);

/** Fills `data-murmur-slot` elements, and gives the page's own content back when nothing is decided any more. */
export class SlotFiller {
  readonly #root: Document;
  #decisions: Decisions = {};
  /** The page's own values, by element and target, from before anything was filled. */
  readonly #own = new WeakMap<Element, Map<string, string | null>>();

  constructor(root: Document) {
    this.#root = root;
  }

  /** Shows what is decided from now on; returns the slots of which something else is decided than before. */
  fill(decisions: Decisions): SlotChange[] {
    const before = this.#decisions;
    this.#decisions = decisions;
    this.refill();
    return Object.keys({ ...before, ...decisions })
      .filter((slot) => JSON.stringify(before[slot]) !== JSON.stringify(decisions[slot]))
      .map((slot) => ({ slot, decision: decisions[slot] }));
  }

  /** Shows what is decided in slots that have come since. */
  refill(): void {
    const decisions = this.#decisions;
    for (const slot of this.#root.querySelectorAll("[data-murmur-slot]")) {
      const name = slot.getAttribute("data-murmur-slot") as string;
      const decision = Object.hasOwn(decisions, name) ? decisions[name] : undefined;
      for (const [attribute, property] of TARGETS) {
        for (const element of [slot, ...slot.querySelectorAll(`[${attribute}]`)]) {
          const field = element.getAttribute(attribute);
          if (field !== null) this.#put(element, property, decision?.content[field]);
        }
      }
      mark(slot, decision);
    }
  }

  #put(element: Element, property: (typeof TARGETS)[number][1], value: unknown): void {
    const own = this.#own.get(element) ?? new Map<string, string | null>();
    this.#own.set(element, own);
    const current = property === "textContent" ? element.textContent : element.getAttribute(property);
    if (!own.has(property)) own.set(property, current);
    const wanted = isSafe(property, value, this.#root.baseURI) ? value : (own.get(property) ?? null);
    // Writing only what differs spares the page mutations and reloaded pictures.
    if (wanted === current) return;
    if (property === "textContent") element.textContent = wanted;
    else if (wanted === null) element.removeAttribute(property);
    else element.setAttribute(property, wanted);
  }
}

/** Tells style sheets and tests which variant is shown: its id, or nothing for the page's own content. */
function mark(slot: Element, decision: SlotDecision | undefined): void {
  if (decision) slot.setAttribute("data-murmur-variant", decision.variant ?? "fallback");
  else slot.removeAttribute("data-murmur-variant");
}

function isSafe(property: string, value: unknown, base: string): value is string {
  if (typeof value !== "string") return false;
  if (property !== "href" && property !== "src") return true;
  try {
    return SAFE_PROTOCOLS.has(new URL(value, base).protocol);
  } catch {
    return false;
  }
}
