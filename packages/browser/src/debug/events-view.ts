import { h, type KeyedList } from "./dom.ts";
import { detailsOf, eventItems, eventList, nameOf, STATE_WORDS, type EventItem } from "./event-row.ts";
import type { Model } from "./model.ts";
import { emptyNote, filterBox, Note } from "./parts.ts";
import type { View } from "./view.ts";

/** What happened, the newest first, as it happens. */
export class EventsView implements View {
  readonly id = "events";
  readonly label = "Events";
  readonly element = h("div");
  readonly #note = new Note();
  readonly #list: KeyedList<EventItem>;
  #wanted = "";
  #model: Model | undefined;

  constructor() {
    const rows = h("div", { class: "rows" });
    this.#list = eventList(rows);
    const filter = filterBox("Filter by name, property or state", (wanted) => {
      this.#wanted = wanted;
      if (this.#model) this.update(this.#model);
    });
    this.element.append(filter, this.#note.element, rows);
  }

  badge(): { text: string } {
    return { text: "" };
  }

  update(model: Model): void {
    this.#model = model;
    const items = eventItems(model.look).map((item) => ({ ...item, hidden: !this.#matches(item) }));
    this.#list.show(items);
    const none =
      items.length === 0
        ? emptyNote("No events yet", "Whatever the shopper does shows up here at once.")
        : emptyNote("No match", "None of the latest events has these words in it.");
    this.#note.show(items.every(({ hidden }) => hidden) ? none : undefined);
  }

  #matches({ row, state }: EventItem): boolean {
    if (this.#wanted === "") return true;
    const text = `${nameOf(row)} ${STATE_WORDS[state]} ${JSON.stringify(detailsOf(row))}`;
    return text.toLowerCase().includes(this.#wanted);
  }
}
