type Listener = (tag: EndTag) => void;

/** Of the elements that a handler was called for; HTMLRewriter makes one of these for each handler. */
const heard = new WeakMap<Element, Listener[]>();

/**
 * Calls `listener` at an element's end tag, after those before it; HTMLRewriter alone keeps the last. False where an element has no end
 * tag, and so can hold nothing.
 */
export function onEnd(element: Element, listener: Listener): boolean {
  const before = heard.get(element);
  if (before) return before.push(listener) > 0;
  const listeners = [listener];
  try {
    element.onEndTag((tag) => {
      for (const each of listeners) each(tag);
    });
  } catch {
    return false;
  }
  heard.set(element, listeners);
  return true;
}
