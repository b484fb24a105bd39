import { guarded } from "../report.ts";
import { ConsentView } from "./consent-view.ts";
import { h, listen, setAttribute } from "./dom.ts";
import { EventsView } from "./events-view.ts";
import { Highlight } from "./highlight.ts";
import { Header } from "./header.ts";
import { tick } from "./live.ts";
import type { Model } from "./model.ts";
import { emptyNote } from "./parts.ts";
import { QueueView } from "./queue-view.ts";
import { SegmentsView } from "./segments-view.ts";
import { SlotsView } from "./slots-view.ts";
import type { DebugSource } from "./source.ts";
import { styleSheets } from "./styles.ts";
import { Tabs } from "./tabs.ts";
import { Watch } from "./watch.ts";

/**
 * What the page need not hear of: its shortcuts are not meant, nor is what a click outside of something closes, nor its own
 * way to scroll.
 */
const KEPT =
  "keydown keypress keyup click dblclick contextmenu pointerdown pointerup mousedown mouseup touchstart touchmove touchend wheel input paste focusin";

let current: Panel | undefined;

/** Opens the panel, or focuses the one that is open; returns what closes it. Never throws. */
export function open(source: DebugSource): () => void {
  guarded(() => {
    if (current && !current.isThere) current.close();
    current ??= new Panel(source, () => (current = undefined));
    current.focus();
  })();
  const opened = current;
  return guarded(() => opened?.close());
}

/** The panel on the page: its frame, and the views in their tabs. */
class Panel {
  /** Its words are English, whatever the page's are. */
  readonly #host = Object.assign(document.createElement("murmur-debug"), { lang: "en", popover: "manual" });
  readonly #frame = h("section", { class: "panel", role: "dialog", "aria-label": "Murmur", tabindex: "-1" });
  readonly #problem = h("div", { class: "problem", role: "alert", hidden: "" });
  readonly #highlight = new Highlight();
  readonly #header = new Header({
    onClose: () => this.close(),
    onSide: () => this.#toggle("data-left"),
    onSize: () => this.#toggle("data-tall"),
  });
  readonly #tabs: Tabs;
  readonly #watch: Watch;
  readonly #onClose: () => void;
  /** What had the focus before. */
  readonly #before = document.activeElement;

  constructor(source: DebugSource, onClose: () => void) {
    this.#onClose = onClose;
    this.#tabs = new Tabs(
      [
        new SegmentsView(),
        new EventsView(),
        new SlotsView(this.#highlight),
        new QueueView(),
        new ConsentView(),
      ],
      () => this.#tick(this.#watch.now),
    );
    this.#watch = new Watch(source, {
      onModel: (model) => this.#show(model),
      onTick: (now) => this.#tick(now),
      onProblem: (message) => this.#showProblem(message),
    });
    this.#build();
    // Beside the body, where nothing of the page's is: its last child is still its last child.
    document.documentElement.append(this.#host);
    // Over all that the page is: what it does to its whole document, and its own layers, do not reach it there.
    guarded(() => this.#host.showPopover?.())();
    this.#watch.start();
  }

  /** Whether the page has left it where it was put. */
  get isThere(): boolean {
    return this.#host.isConnected;
  }

  focus(): void {
    this.#frame.focus({ preventScroll: true });
  }

  close(): void {
    this.#watch.stop();
    this.#highlight.clear();
    const hadFocus = document.activeElement === this.#host;
    this.#host.remove();
    this.#onClose();
    if (hadFocus && this.#before instanceof HTMLElement) this.#before.focus({ preventScroll: true });
  }

  #build(): void {
    const root = this.#host.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = styleSheets();
    const head = h("div", { class: "head" }, this.#header.element, this.#tabs.list);
    this.#frame.append(head, this.#problem, this.#tabs.panels);
    root.append(this.#highlight.element, this.#frame);
    listen(this.#frame, "keydown", (event) => this.#onKey(event));
    for (const type of KEPT.split(" "))
      root.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.isComposing) return;
    const { target } = event;
    // In a filter that has something in it, it first empties that.
    if (target instanceof HTMLInputElement && target.value !== "") return;
    event.preventDefault();
    this.close();
  }

  #toggle(attribute: string): void {
    setAttribute(this.#frame, attribute, this.#frame.hasAttribute(attribute) ? undefined : "");
  }

  #show(model: Model): void {
    this.#problem.hidden = true;
    setAttribute(this.#frame, "data-fresh", "");
    this.#header.update(model);
    this.#tabs.update(model);
    this.#tick(this.#watch.now);
  }

  #tick(now: number): void {
    // The page may have replaced its whole document.
    if (!this.isThere) return this.close();
    tick(this.#header.element, now);
    tick(this.#tabs.shown, now);
  }

  #showProblem(message: string): void {
    this.#problem.replaceChildren(emptyNote("The tag could not be looked at", message));
    this.#problem.hidden = false;
    this.#frame.removeAttribute("data-fresh");
  }
}
