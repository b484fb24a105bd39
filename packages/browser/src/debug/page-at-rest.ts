/** A page that never ends loading is waited for no longer than this, ms. */
const LONGEST = 10_000;
/** Its own scripts may have this long to do what they begin with, ms. */
const BEGINNING = 1_000;

/**
 * Resolves when the page has loaded, and its scripts have done what they begin with. React 18 takes over a document as a server
 * has rendered it, or, where there is an element more beside the body, throws it away and renders it anew.
 */
export async function pageAtRest(): Promise<void> {
  if (document.readyState === "complete") return;
  await new Promise((resolve) => {
    addEventListener("load", resolve, { once: true });
    setTimeout(resolve, LONGEST);
  });
  await new Promise((resolve) =>
    // Not in Safari.
    "requestIdleCallback" in window
      ? requestIdleCallback(resolve, { timeout: BEGINNING })
      : setTimeout(resolve, BEGINNING),
  );
}
