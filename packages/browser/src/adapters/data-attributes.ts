import type { Properties } from "../murmur.ts";
import type { Plugin, Recorder } from "../plugin.ts";
import { quietly } from "./quietly.ts";
import { writtenValue } from "./spec-value.ts";

const EVENT = "data-murmur-event";
const ON = "data-murmur-on";
const PROPERTY = "data-murmur-prop-";

/** Half of an element, or where it is taller than the screen, of the screen: then it has been seen. */
const SEEN = 0.5;

/** How long changes of the page are gathered before it is searched again, ms. */
const PAUSE = 200;

/**
 * Events that the page's own markup declares: `data-murmur-event="Product Added"` with `data-murmur-properties='{…}'`
 * or `data-murmur-prop-product_id="x"`. Recorded on a click, of a form on its submission, and with
 * `data-murmur-on="view"` once it has been seen.
 */
export function dataAttributes(): Plugin {
  return {
    name: "data-attributes",
    capture(recorder) {
      /** The element of the last click, and what the browser clicks next because that was on its label. */
      let last: unknown[] = [];
      const act = quietly((event: Event) => {
        // The path goes through shadow roots, where the target alone would be their host.
        const path = event.composedPath();
        const element = path.find(
          (node): node is Element => node instanceof Element && occasion(node) === event.type,
        );
        const isSame = last[0] === element && last[1] === path[0];
        const label = path.find((node) => node instanceof HTMLLabelElement);
        last = [element, label && !path.includes(label.control!) && label.control];
        // By then the browser has done so.
        setTimeout(() => (last = []));
        if (element && !isSame) record(recorder, element);
      });
      // The first to hear of it: what the page stops on the way is recorded all the same.
      addEventListener("click", act, true);
      addEventListener("submit", act, true);
      const unwatch = watchViews(recorder);
      return () => {
        removeEventListener("click", act, true);
        removeEventListener("submit", act, true);
        unwatch();
      };
    },
  };
}

function watchViews(recorder: Recorder): () => void {
  const met = new WeakSet<Element>();
  const recordSeen = quietly((element: Element) => record(recorder, element));
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio, intersectionRect } of entries) {
        if (intersectionRatio < SEEN && intersectionRect.height < innerHeight * SEEN) continue;
        seen.unobserve(target);
        recordSeen(target);
      }
    },
    // A tall element is never half in sight: told of at each tenth, too.
    { threshold: [0, 0.1, 0.2, 0.3, 0.4, SEEN] },
  );
  let timer = 0;
  const search = (): void => {
    timer = 0;
    for (const element of document.querySelectorAll(`[${EVENT}][${ON}="view"]`)) {
      if (!met.has(element)) seen.observe(element);
      met.add(element);
    }
  };
  const added = new MutationObserver(() => (timer ||= window.setTimeout(search, PAUSE)));
  added.observe(document, { childList: true, subtree: true, attributeFilter: [EVENT, ON] });
  search();
  return () => {
    seen.disconnect();
    added.disconnect();
    clearTimeout(timer);
  };
}

/** When an element's event happens; undefined when it has none. */
function occasion(element: Element): string | null | undefined {
  if (!element.getAttribute(EVENT)) return undefined;
  return element.getAttribute(ON) ?? (element.tagName === "FORM" ? "submit" : "click");
}

function record(recorder: Recorder, element: Element): void {
  const properties: Properties = {};
  const add = (name: string, value: Properties[string]): void => {
    properties[name] = writtenValue(name, value);
  };
  quietly(() => {
    const said = JSON.parse(element.getAttribute("data-murmur-properties") ?? "{}") as Properties;
    if (typeof said === "object" && !Array.isArray(said))
      for (const name of Object.keys(said)) add(name, said[name]!);
  })();
  for (const { name, value } of element.attributes)
    if (name.startsWith(PROPERTY)) add(name.slice(PROPERTY.length), value);
  void recorder.track(element.getAttribute(EVENT)!, properties);
}
