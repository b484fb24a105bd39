import { h, listen, setAttribute, setText } from "./dom.ts";
import type { Model } from "./model.ts";
import type { View } from "./view.ts";

interface Tab {
  view: View;
  button: HTMLButtonElement;
  badge: HTMLElement;
}

/** Where an arrow leads from a tab. */
const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/** The tab that was looked at last, for when the panel is opened again. */
let lastId: string | undefined;

/** Views as tabs. One of them can be seen, and only that one is kept up to date. */
export class Tabs {
  readonly list = h("div", { class: "tabs", role: "tablist", "aria-label": "Views" });
  readonly panels = h("div", { class: "panels" });
  readonly #tabs: Tab[];
  readonly #onSelect: () => void;
  #selected: Tab;
  #model: Model | undefined;

  constructor(views: readonly View[], onSelect: () => void) {
    this.#onSelect = onSelect;
    this.#tabs = views.map((view) => this.#add(view));
    this.#selected = this.#tabs.find(({ view }) => view.id === lastId) ?? this.#tabs[0]!;
    this.#show();
    listen(this.list, "keydown", (event) => {
      const step = STEPS[event.key];
      if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.#select(this.#tabs[step(this.#tabs.indexOf(this.#selected), this.#tabs.length)]!);
      this.#selected.button.focus();
    });
  }

  /** The view that can be seen. */
  get shown(): HTMLElement {
    return this.#selected.view.element;
  }

  update(model: Model): void {
    this.#model = model;
    for (const { view, badge } of this.#tabs) {
      const { text, urgent = false } = view.badge(model);
      setText(badge, text);
      setAttribute(badge, "data-urgent", urgent ? "" : undefined);
    }
    this.#selected.view.update(model);
  }

  #add(view: View): Tab {
    const badge = h("span", { class: "badge" });
    const button = h(
      "button",
      { type: "button", role: "tab", id: `tab-${view.id}`, "aria-controls": `view-${view.id}` },
      view.label,
      badge,
    );
    const { element } = view;
    for (const [name, value] of [
      ["id", `view-${view.id}`],
      ["class", "view"],
      ["role", "tabpanel"],
      ["aria-labelledby", `tab-${view.id}`],
      ["tabindex", "0"],
    ] as const)
      element.setAttribute(name, value);
    const tab = { view, button, badge };
    listen(button, "click", () => this.#select(tab));
    this.list.append(button);
    this.panels.append(element);
    return tab;
  }

  #select(tab: Tab): void {
    if (tab === this.#selected) return;
    this.#selected = tab;
    lastId = tab.view.id;
    this.#show();
    if (this.#model) tab.view.update(this.#model);
    this.#onSelect();
  }

  #show(): void {
    for (const { view, button } of this.#tabs) {
      const isShown = view === this.#selected.view;
      view.element.hidden = !isShown;
      button.setAttribute("aria-selected", String(isShown));
      button.tabIndex = isShown ? 0 : -1;
    }
  }
}
