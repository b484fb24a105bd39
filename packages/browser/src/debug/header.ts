import { copyText, reportOf } from "./copy-all.ts";
import { h, listen, setText } from "./dom.ts";
import { icon, type IconName } from "./icons.ts";
import { endLive, setLive } from "./live.ts";
import type { Model } from "./model.ts";
import { countdown, timeOf } from "./time-words.ts";

export interface HeaderOptions {
  onClose(): void;
  /** Docked to the other side, where there is one. */
  onSide(): void;
  /** Taller or smaller, where the panel is a sheet. */
  onSize(): void;
}

/** How long it is said that something was done, ms. */
const SAID = 2_500;

/** The panel's name and tools, and in one line how things stand. */
export class Header {
  readonly element = h("div");
  readonly #clock = h("time", { class: "clock", title: "The edge’s time" });
  readonly #status = h("p", { class: "status" }, "Looking…");
  readonly #said = h("p", { class: "said", role: "status" });
  #model: Model | undefined;

  constructor({ onClose, onSide, onSize }: HeaderOptions) {
    const tools = h(
      "span",
      { class: "tools" },
      tool("copy", "Copy everything as JSON, with this visitor’s data", "", () => void this.#copy()),
      tool("sides", "Move to the other side", "only-desktop", onSide),
      tool("resize", "Make the panel taller or smaller", "only-phone", onSize),
      tool("cross", "Close", "", onClose),
    );
    this.element.append(
      h("header", {}, h("h2", {}, icon("flock"), "Murmur"), this.#clock, tools),
      h("div", { class: "status-row" }, this.#status, this.#said),
    );
  }

  update(model: Model): void {
    this.#model = model;
    const { look, segments, nextChange } = model;
    const count = segments.filter(({ isIn }) => isIn).length;
    const says = look.manifest ? `In ${count} of ${segments.length} segments` : "Waiting for the definition";
    setLive(this.#clock, look.now, (now) => setText(this.#clock, timeOf(now, now)));
    if (nextChange !== undefined)
      return setLive(this.#status, look.now, (now) =>
        setText(this.#status, `${says}  ·  next change ${countdown(nextChange - now)}`),
      );
    endLive(this.#status);
    setText(this.#status, says);
  }

  /** Never rejects. */
  async #copy(): Promise<void> {
    const model = this.#model;
    const copied = model !== undefined && (await copyText(() => reportOf(model), this.element));
    setText(this.#said, copied ? "Copied" : "Could not be copied");
    setTimeout(() => setText(this.#said, ""), SAID);
  }
}

function tool(name: IconName, label: string, kind: string, onClick: () => void): HTMLButtonElement {
  const attributes = { type: "button", class: `tool ${kind}`, "aria-label": label, title: label };
  const element = h("button", attributes, icon(name));
  listen(element, "click", onClick);
  return element;
}
