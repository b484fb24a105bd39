const renderers = new WeakMap<Element, (now: number) => void>();

/** Makes an element one whose look depends on the time; `render` is called now and with every tick while it can be seen. */
export function setLive(element: Element, now: number, render: (now: number) => void): void {
  element.setAttribute("data-live", "");
  renderers.set(element, render);
  render(now);
}

/** The opposite: it stays as it is. */
export function endLive(element: Element): void {
  element.removeAttribute("data-live");
  renderers.delete(element);
}

/** Brings everything below `root` up to an instant. What has left the tree is forgotten by itself. */
export function tick(root: ParentNode, now: number): void {
  for (const element of root.querySelectorAll("[data-live]")) renderers.get(element)?.(now);
}
