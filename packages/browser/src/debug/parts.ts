import { h, listen, setText, type Child } from "./dom.ts";
import { icon } from "./icons.ts";
import { setLive } from "./live.ts";
import { countdown, instantOf } from "./time-words.ts";
import type { Word } from "./words.ts";

// The small parts that several views are made of.

/** Text for those who hear the panel instead of seeing it. */
export function hidden(text: string): HTMLElement {
  return h("span", { class: "hidden" }, text);
}

/** A sentence whose names and codes stand out. */
export function phrase(words: readonly Word[]): Child[] {
  return words.map((word) => {
    if (typeof word === "string") return word;
    return "name" in word ? h("b", {}, word.name) : h("code", {}, word.code);
  });
}

/** What a list says when there is nothing in it. */
export function emptyNote(title: string, text: string): HTMLElement {
  return h("div", { class: "empty" }, h("p", { class: "empty-title" }, title), h("p", {}, text));
}

/** Where a list says that there is nothing in it, to be heard once: what says the same again is left as it is. */
export class Note {
  readonly element = h("div", { role: "status" });

  show(note: HTMLElement | undefined): void {
    if (this.element.textContent !== (note?.textContent ?? ""))
      this.element.replaceChildren(...(note ? [note] : []));
  }
}

/** What a fold holds is made when it is opened for the first time, and kept. */
export function fold(
  attributes: { class: string },
  summary: readonly Child[],
  onToggle: (isOpen: boolean) => void,
): { element: HTMLDetailsElement; body: HTMLElement } {
  const body = h("div", { class: "fold-body" });
  const element = h("details", attributes, h("summary", {}, ...summary, icon("chevron")), body);
  listen(element, "toggle", () => onToggle(element.open));
  return { element, body };
}

/** "leaves in 6 d 23 h", counting down. */
export class Until {
  readonly element = h("span", { class: "until", hidden: "" });
  readonly #text = h("span");

  constructor() {
    this.element.append(icon("clock"), this.#text);
  }

  /** `says` is what will happen; without an instant, nothing is shown. */
  update(says: string, at: number | undefined, now: number): void {
    this.element.hidden = at === undefined;
    if (at === undefined) return;
    this.element.title = `${instantOf(at)} by the edge's time`;
    setLive(this.#text, now, (time) => setText(this.#text, `${says} ${countdown(at - time)}`));
  }
}

/** A filter box: tells of every change to what is in it, trimmed and in lower case. */
export function filterBox(label: string, onFilter: (wanted: string) => void): HTMLElement {
  const input = h("input", {
    type: "search",
    class: "filter",
    placeholder: label,
    "aria-label": label,
    autocomplete: "off",
    spellcheck: "false",
  });
  listen(input, "input", () => onFilter(input.value.trim().toLowerCase()));
  return input;
}
