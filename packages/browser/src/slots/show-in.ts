import { SLOT_TARGETS, slotValue, type SlotDecision, type SlotTarget } from "@murmur/core";
import { guarded } from "../report.ts";

/** The page's own values, by target and element, from before anything was filled. */
const OWN = new Map(SLOT_TARGETS.map((target) => [target, new WeakMap<Element, string | null>()]));

/** The markup that was put into an element: what the browser makes of it may read otherwise. */
const markup = new WeakMap<Element, string>();

/** Puts a decision's content into a slot, and what the page has of its own where there is none. */
export function showIn(slot: Element, decision: SlotDecision | undefined): void {
  for (const [target, own] of OWN) {
    const attribute = `data-murmur-${target}`;
    for (const element of [slot, ...slot.querySelectorAll(`[${attribute}]`)]) {
      const field = element.getAttribute(attribute);
      // A slot in a slot is its own.
      if (field === null || element.closest("[data-murmur-slot]") !== slot) continue;
      if (!own.has(element)) own.set(element, ownOf(element, target));
      const value = slotValue(target, element.localName, field, decision?.content[field]);
      put(element, target, value ?? own.get(element)!);
    }
  }
}

/** Sets an attribute; null removes it. */
export function write(element: Element, attribute: string, value: string | null): void {
  if (value === null) element.removeAttribute(attribute);
  else element.setAttribute(attribute, value);
}

function put(element: Element, target: SlotTarget, value: string | null): void {
  // Writing only what differs spares the page mutations and reloaded pictures.
  if (value === read(element, target)) return;
  if (target === "text") element.textContent = value;
  else if (target === "html") {
    markup.set(element, value!);
    // Trusted Types may forbid it.
    guarded(() => (element.innerHTML = value!))();
  } else write(element, target, value);
}

function read(element: Element, target: SlotTarget): string | null {
  if (target === "text") return element.textContent;
  return target === "html" ? (markup.get(element) ?? element.innerHTML) : element.getAttribute(target);
}

/** The page's own value: what the edge has put aside, where it was here before. */
function ownOf(element: Element, target: SlotTarget): string | null {
  const kept = element.getAttribute(`data-murmur-own-${target}`);
  // Never markup, nor an address that runs code: anybody's markup may have that attribute.
  if (kept !== null) return kept ? (slotValue(target, element.localName, "", kept.slice(1)) ?? null) : null;
  const template = element.querySelector<HTMLTemplateElement>("template[data-murmur-own]");
  if (!template || (target !== "text" && target !== "html")) return read(element, target);
  if (target === "text") return template.content.textContent;
  template.remove();
  return template.innerHTML;
}
