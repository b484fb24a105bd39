import { SLOT_TARGETS, slotValue, type SlotDecision } from "@murmur/core";
import { escapeHtml, readAttribute } from "./html-text.ts";
import { onEnd } from "./on-end.ts";
import { OpenElement } from "./open-element.ts";

export type Decisions = Readonly<Record<string, SlotDecision>>;

/** What was decided; a promise as long as it is not known, for a handler that waits is a turn of its own to the platform. */
export type Decided = Decisions | undefined | Promise<Decisions | undefined>;

export interface Rewrite {
  /** Asked where a slot comes. */
  decided: () => Decided;
  /** Each slot, before anything is done with it; its end is to be heard by `onEnd`. */
  onSlot?: (element: Element) => void;
  /** The page has ended, and there was no slot in it. */
  onSlotless?: () => void;
}

/** The id of the data block, at the end of the page, in which the tag finds what is shown. */
export const SHOWN_ID = "murmur-slots";

/** Elements that hold text and nothing else, not even a template: what is the tag's to fill is left to it. */
const TEXT_ALONE = new Set(["textarea", "title"]);
const HTML_NAMESPACE = "http://www.w3.org/1999/xhtml";
const OWN_END = "</template>";

/**
 * Shows decisions in the `data-murmur-slot` elements of a page, while it streams, by the rules that the tag fills them by. `decided` is waited
 * for where the first slot comes; where that is nothing, or for what goes wrong, the page's own stays. The page's own
 * content stays in it, too, out of sight, for the tag to give back: texts and markup in `<template data-murmur-own>`, an
 * attribute as `data-murmur-own-href="=<value>"`, and without a value where there was none.
 */
export function rewriteSlots(page: Response, rewrite: Rewrite): Response {
  const rewriting = new Rewriting(rewrite);
  return new HTMLRewriter()
    .on("[data-murmur-slot]", { element: (element) => unbroken(() => rewriting.slot(element)) })
    .on("[data-murmur-slot] *", { element: (element) => unbroken(() => rewriting.inside(element)) })
    .onDocument({ end: (end) => rewriting.end(end) })
    .transform(page);
}

/** An error in a handler would break the page off in its middle. */
function unbroken(work: () => void | Promise<void>): void | Promise<void> {
  try {
    return work()?.catch(leave);
  } catch {
    leave();
  }
}

/** What could not be shown keeps the page's own. */
function leave(): void {}

class Rewriting {
  readonly #rewrite: Rewrite;
  #isSlotless = true;
  /** Those that are open where the page has been read to, the innermost last. */
  #slots: { open: OpenElement; decision: SlotDecision | undefined }[] = [];
  /** The element whose own content is being put out of sight; nothing in there is touched. */
  #hiding: OpenElement | undefined;
  readonly #shown: Record<string, SlotDecision> = {};

  constructor(rewrite: Rewrite) {
    this.#rewrite = rewrite;
  }

  slot(element: Element): void | Promise<void> {
    this.#isSlotless = false;
    this.#rewrite.onSlot?.(element);
    if (this.#isHidden(element)) return undefined;
    this.#leaveSlots(element);
    const name = readAttribute(element.getAttribute("data-murmur-slot") ?? "");
    const decided = this.#rewrite.decided();
    if (!(decided instanceof Promise)) return this.#begin(element, name, decided);
    return decided.then((decisions) => this.#begin(element, name, decisions));
  }

  #begin(element: Element, name: string, decisions: Decisions | undefined): void {
    const decision = decisions && Object.hasOwn(decisions, name) ? decisions[name] : undefined;
    const slot = { open: new OpenElement(element.tagName), decision };
    if (onEnd(element, () => (this.#slots = this.#slots.filter((each) => each !== slot))))
      this.#slots.push(slot);
    if (!decision) return;
    this.#shown[name] = decision;
    element.setAttribute("data-murmur-variant", escapeHtml(decision.variant ?? "fallback"));
    element.setAttribute("data-murmur-edge", "");
    this.#fill(element, decision);
  }

  inside(element: Element): void {
    // A slot in a slot is its own.
    if (element.hasAttribute("data-murmur-slot") || this.#isHidden(element)) return;
    this.#leaveSlots(element);
    const decision = this.#slots.at(-1)?.decision;
    if (decision) this.#fill(element, decision);
  }

  end(end: DocumentEnd): void {
    if (this.#isSlotless) this.#rewrite.onSlotless?.();
    if (this.#hiding) end.append(OWN_END, { html: true });
    if (Object.keys(this.#shown).length === 0) return;
    const json = JSON.stringify(this.#shown).replace(
      /[^ -~]|[<>&]/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    end.append(`<script type="application/json" id="${SHOWN_ID}">${json}</script>`, { html: true });
  }

  /** Whether an element is within what is put out of sight, which may end without an end tag where the element starts. */
  #isHidden(element: Element): boolean {
    if (!this.#hiding) return false;
    if (!this.#hiding.endsAt(element)) return true;
    element.before(OWN_END, { html: true });
    this.#hiding = undefined;
    return false;
  }

  /** Slots that have ended without an end tag, where an element starts. */
  #leaveSlots(element: Element): void {
    const kept = this.#slots.findLastIndex(({ open }) => !open.endsAt(element));
    this.#slots.length = kept + 1;
  }

  #fill(element: Element, { content }: SlotDecision): void {
    const { tagName } = element;
    for (const target of SLOT_TARGETS) {
      const field = fieldOf(element, target);
      const value =
        field === undefined ? undefined : slotValue(target, tagName, field, fieldIn(content, field));
      if (value === undefined) continue;
      if (target === "html") this.#show(element, value);
      else if (target === "text") this.#show(element, escapeHtml(value));
      else {
        const own = element.getAttribute(target);
        element.setAttribute(`data-murmur-own-${target}`, own === null ? "" : `=${own}`);
        element.setAttribute(target, escapeHtml(value));
      }
    }
  }

  /** Puts markup into an element, and its own content out of sight. */
  #show(element: Element, markup: string): void {
    const { tagName, namespaceURI } = element;
    if (this.#hiding || TEXT_ALONE.has(tagName) || namespaceURI !== HTML_NAMESPACE) return;
    const hiding = new OpenElement(tagName);
    const end = (tag: EndTag): void => {
      if (this.#hiding !== hiding) return;
      this.#hiding = undefined;
      tag.before(OWN_END, { html: true });
    };
    if (!onEnd(element, end)) return;
    // HTMLRewriter takes no lone surrogates.
    element.prepend(`${markup.replace(/\p{Cs}/gu, "\ufffd")}<template data-murmur-own>`, { html: true });
    this.#hiding = hiding;
  }
}

function fieldOf(element: Element, target: string): string | undefined {
  const source = element.getAttribute(`data-murmur-${target}`);
  return source === null ? undefined : readAttribute(source);
}

function fieldIn(content: SlotDecision["content"], field: string): unknown {
  return Object.hasOwn(content, field) ? content[field] : undefined;
}
