import { h, KeyedList, setAttribute, setText, type Shown } from "./dom.ts";
import { icon } from "./icons.ts";
import { jsonView } from "./json-view.ts";
import { jsonWords } from "./filter-words.ts";
import { clip } from "./clip.ts";
import { fold } from "./parts.ts";
import type { Look, LookRow } from "./source.ts";
import { instantOf, timeOf } from "./time-words.ts";

export type RowState = "queued" | "delivered" | "refused" | "remote" | "private";

export const STATE_WORDS: Readonly<Record<RowState, string>> = {
  queued: "Queued",
  delivered: "At the edge",
  refused: "Refused",
  remote: "From elsewhere",
  private: "This device only",
};

const STATE_ICONS = {
  queued: "clock",
  delivered: "check",
  refused: "cross",
  remote: "down",
  private: "lock",
} as const;

export interface EventItem {
  row: LookRow;
  state: RowState;
  now: number;
  /** It is there, but not what one is looking for. */
  hidden?: boolean;
}

/** How far an entry has come. */
export function stateOf({ n, entry, remote, refused }: LookRow, look: Look): RowState {
  if (refused) return "refused";
  if (remote) return "remote";
  const secret = look.manifest?.definition.private ?? [];
  if (entry.type === "event" && secret.includes(entry.name)) return "private";
  return n <= look.delivered ? "delivered" : "queued";
}

/** The newest first. */
export function eventItems(look: Look): EventItem[] {
  return look.rows.map((row) => ({ row, state: stateOf(row, look), now: look.now })).reverse();
}

export function nameOf({ entry }: LookRow): string {
  return entry.type === "event" ? entry.name : "Identify";
}

export function detailsOf({ entry }: LookRow): Record<string, unknown> {
  return (entry.type === "event" ? entry.properties : entry.traits) ?? {};
}

export function eventList(parent: HTMLElement): KeyedList<EventItem> {
  return new KeyedList(
    parent,
    ({ row }) => `${row.n} ${row.entry.id}`,
    () => new EventRow(),
  );
}

/** One entry of the log: in brief, unfolded the whole of it. */
class EventRow implements Shown<EventItem> {
  readonly element: HTMLDetailsElement;
  readonly #body: HTMLElement;
  readonly #time = h("time", { class: "row-time" });
  readonly #name = h("span", { class: "row-name" });
  readonly #brief = h("span", { class: "row-text", "data-folded": "" });
  readonly #state = h("span", { class: "state" });
  /** What is shown of it, as JSON. */
  #shown = "";
  #row: LookRow | undefined;

  constructor() {
    const title = h("span", { class: "row-title" }, this.#name, this.#time);
    const main = h("span", { class: "row-main" }, title, this.#brief);
    const { element, body } = fold({ class: "row event" }, [this.#state, main], () => this.#unfold());
    this.element = element;
    this.#body = body;
  }

  update({ row, state, now, hidden = false }: EventItem): void {
    const { timestamp } = row.entry;
    this.#row = row;
    this.element.hidden = hidden;
    setText(this.#time, timeOf(timestamp, now));
    this.#time.title = instantOf(timestamp);
    setText(this.#name, clip(nameOf(row), 200));
    setText(this.#brief, briefOf(detailsOf(row)));
    setAttribute(this.element, "data-type", row.entry.type);
    if (this.element.getAttribute("data-state") !== state) this.#showState(state);
    this.#unfold();
  }

  #showState(state: RowState): void {
    this.element.setAttribute("data-state", state);
    this.#state.title = STATE_WORDS[state];
    this.#state.replaceChildren(
      icon(STATE_ICONS[state]),
      h("span", { class: "hidden" }, `${STATE_WORDS[state]}: `),
    );
  }

  #unfold(): void {
    if (!this.element.open || !this.#row) return;
    const { entry } = this.#row;
    const state = STATE_WORDS[this.element.getAttribute("data-state") as RowState];
    const shown = state + JSON.stringify(entry);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#body.replaceChildren(
      h("p", { class: "facts" }, h("span", { class: "value" }, state), instantOf(entry.timestamp)),
      jsonView(entry),
    );
  }
}

function briefOf(details: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(details).map(([key, value]) => `${key}: ${jsonWords(value)}`);
  return clip(parts.join("  ·  "), 240);
}
