import { h, KeyedList, setAttribute, setText, type Shown } from "./dom.ts";
import { ExplainTree } from "./explain-tree.ts";
import { icon } from "./icons.ts";
import type { Model, SegmentModel } from "./model.ts";
import { emptyNote, filterBox, fold, hidden, Note, Until } from "./parts.ts";
import { instantOf } from "./time-words.ts";
import type { View } from "./view.ts";

interface Item {
  segment: SegmentModel;
  model: Model;
}

/** More than this, and one wants to search. */
const MANY = 8;

/** Segments that the profile is in, then those that it is not in, each with why and until when. */
export class SegmentsView implements View {
  readonly id = "segments";
  readonly label = "Segments";
  readonly element = h("div");
  /** Ids of those that are unfolded, whichever group they are in. */
  readonly #unfolded = new Set<string>();
  readonly #groups = [new Group("In", true, this.#unfolded), new Group("Not in", false, this.#unfolded)];
  readonly #note = new Note();
  readonly #filter: HTMLElement;
  #wanted = "";
  #model: Model | undefined;

  constructor() {
    this.#filter = filterBox("Filter segments", (wanted) => {
      this.#wanted = wanted;
      if (this.#model) this.update(this.#model);
    });
    this.element.append(this.#filter, this.#note.element, ...this.#groups.map(({ element }) => element));
  }

  badge({ segments }: Model): { text: string } {
    return { text: segments.length === 0 ? "" : String(segments.filter(({ isIn }) => isIn).length) };
  }

  update(model: Model): void {
    this.#model = model;
    const { segments } = model;
    const shown = segments.filter(({ id, title, summary }) =>
      `${id} ${title} ${summary}`.toLowerCase().includes(this.#wanted),
    );
    this.#filter.hidden = segments.length <= MANY && this.#wanted === "";
    const focused = this.#focused();
    for (const group of this.#groups)
      group.update(shown.filter(({ isIn }) => isIn === group.isIn).map((segment) => ({ segment, model })));
    // In the other group it is another row.
    if (focused !== undefined && focused !== this.#focused())
      this.element
        .querySelector<HTMLElement>(`[data-segment="${CSS.escape(focused)}"] > summary`)
        ?.focus({ preventScroll: true });
    this.#note.show(shown.length === 0 ? this.#whyNone(model) : undefined);
  }

  /** The segment whose row has the focus. */
  #focused(): string | undefined {
    const { activeElement } = this.element.getRootNode() as Partial<ShadowRoot>;
    return activeElement?.closest<HTMLElement>(".segment > summary")?.parentElement!.dataset["segment"];
  }

  #whyNone({ look, problem, segments }: Model): HTMLElement {
    if (problem !== undefined) return emptyNote("The profile cannot be read", problem);
    if (segments.length > 0) return emptyNote("No match", "No segment has these words in it.");
    if (!look.manifest)
      return emptyNote(
        "No definition yet",
        "It comes with the first answer of the edge, and is kept from then on.",
      );
    if (!look.snapshot)
      return emptyNote("Nothing is evaluated", "Personalization has no consent, or has yet to begin.");
    return emptyNote("No segments", "The definition has none that this device evaluates.");
  }
}

class Group {
  readonly element = h("section", { class: "group" });
  readonly isIn: boolean;
  readonly #count = h("span", { class: "group-count" });
  readonly #list: KeyedList<Item>;

  constructor(label: string, isIn: boolean, unfolded: Set<string>) {
    this.isIn = isIn;
    const list = h("div", { class: "rows" });
    this.element.append(h("h3", { class: "group-title" }, label, this.#count), list);
    this.#list = new KeyedList(
      list,
      // A tree has the shape of its definition: under another one it is another tree.
      ({ segment, model }) => `${model.look.manifest?.hash} ${segment.id}`,
      (item) => new SegmentRow(item, unfolded),
    );
  }

  update(items: readonly Item[]): void {
    this.element.hidden = items.length === 0;
    setText(this.#count, String(items.length));
    this.#list.show(items);
  }
}

/** A segment in one of the groups. In the other it is another row, which unfolds where this one was unfolded. */
class SegmentRow implements Shown<Item> {
  readonly element: HTMLDetailsElement;
  readonly #body: HTMLElement;
  readonly #until = new Until();
  readonly #summary = h("span", { class: "row-text" });
  readonly #change = h("p", { class: "change" });
  #tree: ExplainTree | undefined;
  #item: Item;

  constructor(item: Item, unfolded: Set<string>) {
    this.#item = item;
    const { id, title, isIn, place } = item.segment;
    const where =
      place === "device" ? h("span", { class: "tag" }, icon("lock"), "this device only") : undefined;
    const { element, body } = fold(
      { class: `row segment ${isIn ? "true" : "false"}` },
      [
        h("span", { class: "mark" }, icon(isIn ? "check" : "cross"), hidden(isIn ? "In: " : "Not in: ")),
        h(
          "span",
          { class: "row-main" },
          h("span", { class: "row-title" }, title, where),
          this.#summary,
          this.#until.element,
        ),
      ],
      (isOpen) => {
        if (isOpen) this.#unfold();
        if (isOpen) unfolded.add(id);
        else unfolded.delete(id);
      },
    );
    this.element = element;
    this.element.setAttribute("data-segment", id);
    this.#body = body;
    element.open = unfolded.has(id);
  }

  update(item: Item): void {
    this.#item = item;
    const { segment, model } = item;
    const { until } = segment.explanation;
    setText(this.#summary, segment.summary);
    // The condition in a line says the same as the tree does.
    setAttribute(this.#summary, "data-folded", segment.isDescribed ? undefined : "");
    this.#until.update(segment.isIn ? "leaves" : "enters", until, model.look.now);
    if (this.element.open) this.#unfold();
  }

  #unfold(): void {
    const { segment, model } = this.#item;
    const { explanation, id } = segment;
    if (!this.#tree) {
      this.#tree = new ExplainTree(explanation, { measures: model.measures, depth: 0 });
      const root = h("ul", { class: "tree tree-root", "aria-label": "Why" });
      root.append(this.#tree.element);
      this.#body.append(root, this.#change, h("p", { class: "id" }, hidden("Id: "), h("code", {}, id)));
    }
    this.#tree.update(explanation, model.look.now);
    setText(
      this.#change,
      explanation.until === undefined
        ? `Time alone will not change this.`
        : `If nothing more happens, ${segment.isIn ? "leaves" : "enters"} at ${instantOf(explanation.until)}.`,
    );
  }
}
