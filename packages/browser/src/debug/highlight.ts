import { guarded } from "../report.ts";
import { h, setText } from "./dom.ts";

/** How often the frames follow what they are around, ms. */
const FOLLOW = 50;

/** The elements of a slot on this page. */
export function slotElements(name: string): Element[] {
  return [...document.querySelectorAll("[data-murmur-slot]")].filter(
    (element) => element.getAttribute("data-murmur-slot") === name,
  );
}

/** Draws frames over elements of the page. It lies in the panel's own tree: the page itself is not touched. */
export class Highlight {
  readonly element = h("div", { class: "highlight", "aria-hidden": "true" });
  #following: ReturnType<typeof setInterval> | undefined;

  /** Shows where a slot is, until `clear`, and brings it into view. */
  show(name: string): void {
    this.clear();
    const [first] = slotElements(name);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    // Where the panel is a sheet, the middle of the page lies behind it.
    const block = matchMedia("(max-width: 560px)").matches ? "start" : "center";
    first?.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });
    this.#draw(name);
    this.#following = setInterval(
      guarded(() => this.#draw(name)),
      FOLLOW,
    );
  }

  clear(): void {
    clearInterval(this.#following);
    this.element.replaceChildren();
  }

  #draw(name: string): void {
    if (document.visibilityState === "hidden") return;
    const boxes = slotElements(name).map((element) => element.getBoundingClientRect());
    while (this.element.childElementCount > boxes.length) this.element.lastElementChild?.remove();
    boxes.forEach((box, at) => {
      const frame = (this.element.children[at] ?? this.element.appendChild(newFrame(name))) as HTMLElement;
      const { style } = frame;
      style.left = `${box.left}px`;
      style.top = `${box.top}px`;
      style.width = `${box.width}px`;
      style.height = `${box.height}px`;
    });
  }
}

function newFrame(name: string): HTMLElement {
  const label = h("span", { class: "frame-label" });
  setText(label, name);
  return h("div", { class: "frame" }, label);
}
