import type { Properties } from "../murmur.ts";

/** Frameworks set the title, and often redirect, only after they have changed the address. */
const SETTLED_AFTER = 100;

/**
 * Calls `page` once for each view: of a page that is loaded, or shown after it was prerendered or kept in the back/forward
 * cache, and of an address that the History API leads to, by its path and search.
 */
export function pageViews(page: (properties?: Properties) => unknown): void {
  let counted: string | undefined;
  const count = () => {
    const address = location.pathname + location.search;
    if (address === counted || (document as { prerendering?: boolean }).prerendering) return;
    counted = address;
    page();
  };
  const countSettled = () => void setTimeout(count, SETTLED_AFTER);
  count();
  document.addEventListener("prerenderingchange", count);
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    counted = undefined;
    count();
  });
  const { navigation } = window as { navigation?: Partial<Navigation> };
  // A page's `<nav id="navigation">` or a global of its own may be there instead.
  if (navigation?.currentEntry) navigation.addEventListener?.("currententrychange", countSettled);
  else watchHistory(countSettled);
}

/** For browsers that have no Navigation API yet. */
function watchHistory(onChange: () => void): void {
  addEventListener("popstate", onChange);
  for (const name of ["pushState", "replaceState"] as const) {
    const own = history[name];
    // Stays for good: another may have wrapped it since. `Reflect`, as it does not throw where a page forbids this.
    Reflect.set(history, name, function (this: History, ...call: Parameters<History["pushState"]>) {
      onChange();
      return own.apply(this, call);
    });
  }
}
