/** What this machine's clock is ahead of the page's own time, ms, as long as nobody sets it. */
let ahead = 0;

/**
 * This machine's clock, whole ms. On an open page it goes on by the page's own time, which nobody can set, until it is told to
 * `follow` the clock as it is: when a shift is learned, which is one of the clock as it is, or when the page is seen again and
 * is late. The page's time may have stood still while the machine slept: https://github.com/w3c/hr-time/issues/115
 */
export function localNow(follow?: boolean): number {
  const page = performance.now();
  if (follow || !ahead) ahead = Date.now() - page;
  return Math.floor(page + ahead);
}
