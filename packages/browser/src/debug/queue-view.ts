import { h, setText, type KeyedList } from "./dom.ts";
import { eventItems, eventList, STATE_WORDS, type EventItem, type RowState } from "./event-row.ts";
import { endLive, setLive } from "./live.ts";
import type { Model } from "./model.ts";
import type { Look } from "./source.ts";
import { ago } from "./time-words.ts";
import type { View } from "./view.ts";

const STATES: readonly RowState[] = ["delivered", "queued", "remote", "private", "refused"];

/** What is on its way to the edge. */
export class QueueView implements View {
  readonly id = "queue";
  readonly label = "Queue";
  readonly element = h("div");
  readonly #figure = h("p", { class: "figure" });
  readonly #oldest = h("p", { class: "soft" });
  readonly #bar = h("div", { class: "bar", "aria-hidden": "true" });
  readonly #legend = h("ul", { class: "legend" });
  readonly #title = h("h3", { class: "group-title" }, "Waiting");
  readonly #list: KeyedList<EventItem>;
  readonly #segments = new Map<RowState, { part: HTMLElement; item: HTMLElement; count: HTMLElement }>();

  constructor() {
    const rows = h("div", { class: "rows" });
    this.#list = eventList(rows);
    for (const state of STATES) {
      const part = h("span", { "data-state": state });
      const count = h("b");
      const item = h("li", { "data-state": state }, `${STATE_WORDS[state]} `, count);
      this.#segments.set(state, { part, item, count });
      this.#bar.append(part);
      this.#legend.append(item);
    }
    const hero = h("section", { class: "hero" }, this.#figure, this.#oldest, this.#bar, this.#legend);
    this.element.append(hero, this.#title, rows);
  }

  badge({ look }: Model): { text: string; urgent?: boolean } {
    const { length } = waiting(look);
    return length === 0 ? { text: "" } : { text: howMany(look, length), urgent: true };
  }

  update({ look }: Model): void {
    const items = eventItems(look);
    const queued = waiting(look);
    setText(
      this.#figure,
      queued.length === 0 ? "All is at the edge" : `${howMany(look, queued.length)} waiting`,
    );
    this.#showOldest(look, queued);
    for (const [state, { part, item, count }] of this.#segments) {
      const { length } = items.filter((each) => each.state === state);
      part.style.flexGrow = String(length);
      part.hidden = item.hidden = length === 0;
      setText(count, String(length));
    }
    this.#bar.hidden = items.length === 0;
    this.#title.hidden = queued.length === 0;
    this.#list.show(queued);
  }

  #showOldest(look: Look, queued: readonly EventItem[]): void {
    const oldest = Math.min(...queued.map(({ row }) => row.entry.timestamp));
    if (queued.length > 0) {
      setLive(this.#oldest, look.now, (now) =>
        setText(this.#oldest, `The oldest was recorded ${ago(now - oldest)}.`),
      );
      return;
    }
    endLive(this.#oldest);
    setText(
      this.#oldest,
      look.rows.length === 0 ? "Nothing has been recorded yet." : "Nothing waits to be delivered.",
    );
  }
}

function waiting(look: Look): EventItem[] {
  return eventItems(look).filter(({ state }) => state === "queued");
}

/** A look has the latest rows only: when all of them wait, so may others. */
function howMany(look: Look, count: number): string {
  const first = look.rows[0];
  return first && first.n > look.delivered + 1 ? `${count}+` : String(count);
}
