import type { SlotContent, SlotDecision, SlotDefinition } from "@murmur/core";
import { h, KeyedList, listen, setAttribute, setText, type Shown } from "./dom.ts";
import { jsonWords } from "./filter-words.ts";
import { slotElements, type Highlight } from "./highlight.ts";
import { icon } from "./icons.ts";
import type { Model } from "./model.ts";
import { emptyNote, fold, hidden } from "./parts.ts";
import type { View } from "./view.ts";
import { sentence, titleOf, type Measures } from "./words.ts";

interface Item {
  name: string;
  decision?: SlotDecision;
  definition?: SlotDefinition;
  measures: Measures;
}

/** What each slot shows and why; a click shows where it is. */
export class SlotsView implements View {
  readonly id = "slots";
  readonly label = "Slots";
  readonly element = h("div");
  readonly #note = h("div");
  readonly #list: KeyedList<Item>;

  constructor(highlight: Highlight) {
    const rows = h("div", { class: "rows cards" });
    const selection = new Selection(highlight);
    this.#list = new KeyedList(
      rows,
      ({ name }) => name,
      ({ name }) => new SlotCard(name, selection),
    );
    this.element.append(this.#note, rows);
  }

  badge(): { text: string } {
    return { text: "" };
  }

  update({ look, measures }: Model): void {
    const definitions = look.manifest?.definition.slots ?? {};
    const names = [...new Set([...Object.keys(definitions), ...Object.keys(look.slots)])];
    this.#list.show(
      names.map((name) => ({
        name,
        measures,
        ...(Object.hasOwn(look.slots, name) && { decision: look.slots[name]! }),
        ...(Object.hasOwn(definitions, name) && { definition: definitions[name]! }),
      })),
    );
    const none = emptyNote("No slots", "The definition has none that this device decides.");
    this.#note.replaceChildren(...(names.length === 0 ? [none] : []));
  }
}

/** One slot at a time is shown on the page. */
class Selection {
  readonly #highlight: Highlight;
  #button: HTMLElement | undefined;

  constructor(highlight: Highlight) {
    this.#highlight = highlight;
  }

  toggle(name: string, button: HTMLElement): void {
    const isNew = button !== this.#button;
    this.#button?.setAttribute("aria-pressed", "false");
    this.#button = isNew ? button : undefined;
    this.#highlight.clear();
    if (!isNew) return;
    button.setAttribute("aria-pressed", "true");
    this.#highlight.show(name);
  }
}

class SlotCard implements Shown<Item> {
  readonly element = h("article", { class: "card" });
  readonly #name: string;
  readonly #button: HTMLButtonElement;
  readonly #variant = h("span", { class: "pill" });
  readonly #why = h("span", { class: "row-text" });
  readonly #place = h("span", { class: "place" });
  readonly #content = h("dl", { class: "pairs" });
  readonly #variants = h("ol", { class: "variants" });
  readonly #fold: HTMLElement;
  #shown = "";

  constructor(name: string, selection: Selection) {
    this.#name = name;
    this.element.setAttribute("data-slot", name);
    this.#button = h(
      "button",
      { type: "button", class: "card-button", "aria-pressed": "false" },
      h("span", { class: "row-title" }, h("span", { class: "row-name" }, name), this.#variant),
      this.#why,
      this.#place,
    );
    listen(this.#button, "click", () => selection.toggle(name, this.#button));
    const { element, body } = fold({ class: "order" }, ["Order of variants"], () => {});
    body.append(this.#variants);
    this.#fold = element;
    this.element.append(this.#button, this.#content, this.#fold);
  }

  update(item: Item): void {
    const { decision } = item;
    this.#showPlace();
    const shown = JSON.stringify(item);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const variant = decision ? (decision.variant ?? "fallback") : "page’s own";
    setText(this.#variant, variant);
    setAttribute(this.#variant, "data-kind", decision?.variant ? "variant" : "none");
    setText(
      this.#why,
      decision ? sentenceCase(decision.why) : "No variant’s condition is true: the page’s own content stays",
    );
    this.#content.replaceChildren(...pairs(decision?.content ?? {}));
    this.#showVariants(item);
  }

  #showPlace(): void {
    const { length } = slotElements(this.#name);
    const text =
      length === 0
        ? "Not on this page"
        : length === 1
          ? "Show on the page"
          : `Show on the page, ${length} places`;
    // Even a slot that is not here stays in the order of focus: the page may bring it at any moment.
    setAttribute(this.#button, "aria-disabled", length === 0 ? "true" : undefined);
    if (this.#place.textContent !== text) this.#place.replaceChildren(icon("target"), text);
  }

  #showVariants({ definition, decision, measures }: Item): void {
    const variants = definition?.variants ?? [];
    this.#fold.hidden = variants.length === 0;
    const chosen = variants.findIndex(({ id }) => id === decision?.variant);
    this.#variants.replaceChildren(
      ...variants.map(({ id, when }, at) => {
        const isLater = chosen >= 0 && at > chosen;
        const state = at === chosen ? "true" : isLater ? "later" : "false";
        const said = at === chosen ? "Chosen: " : isLater ? "Not asked: " : "False: ";
        const mark = isLater ? hidden(said) : icon(at === chosen ? "check" : "cross");
        const words = "segment" in when ? `In segment ${titleOf(when.segment)}` : sentence(when, measures);
        return h(
          "li",
          { class: state },
          h("span", { class: "mark" }, mark, ...(isLater ? [] : [hidden(said)])),
          h("span", { class: "say" }, h("b", {}, id), h("span", { class: "row-text" }, words)),
        );
      }),
    );
  }
}

function pairs(content: SlotContent): HTMLElement[] {
  return Object.entries(content).map(([key, value]) =>
    h("div", {}, h("dt", {}, key), h("dd", {}, typeof value === "string" ? value : jsonWords(value))),
  );
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
