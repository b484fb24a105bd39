import { guarded } from "../report.ts";

export type Child = Node | string | undefined;
type Attributes = Readonly<Record<string, string | undefined>>;

/** An element with attributes and children. What is text stays text: nothing here ever parses markup. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Listens, with a handler whose fault does not reach the page. */
export function listen<Type extends keyof HTMLElementEventMap>(
  target: EventTarget,
  type: Type,
  handler: (event: HTMLElementEventMap[Type]) => void,
): void {
  target.addEventListener(type, guarded(handler) as EventListener);
}

/** Writes only what differs, so that a selection in a text outlives an update that changes nothing. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function setClass(element: Element, name: string): void {
  if (element.getAttribute("class") !== name) element.setAttribute("class", name);
}

/** Sets an attribute, or takes it away. */
export function setAttribute(element: Element, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** What is shown of one item of a list, for as long as the item is there. */
export interface Shown<Item> {
  readonly element: HTMLElement;
  update(item: Item): void;
}

/** A list that is updated in place: an item that stays keeps its element, with what is unfolded and focused in it. */
export class KeyedList<Item> {
  readonly #parent: HTMLElement;
  readonly #keyOf: (item: Item) => string;
  readonly #create: (item: Item) => Shown<Item>;
  readonly #shown = new Map<string, Shown<Item>>();

  constructor(parent: HTMLElement, keyOf: (item: Item) => string, create: (item: Item) => Shown<Item>) {
    this.#parent = parent;
    this.#keyOf = keyOf;
    this.#create = create;
  }

  show(items: readonly Item[]): void {
    const wanted = new Map(items.map((item) => [this.#keyOf(item), item]));
    for (const [key, { element }] of this.#shown) {
      if (wanted.has(key)) continue;
      element.remove();
      this.#shown.delete(key);
    }
    let next = this.#parent.firstElementChild;
    for (const [key, item] of wanted) {
      const shown = this.#shown.get(key) ?? this.#create(item);
      this.#shown.set(key, shown);
      shown.update(item);
      if (shown.element === next) next = next.nextElementSibling;
      else this.#parent.insertBefore(shown.element, next);
    }
  }
}
