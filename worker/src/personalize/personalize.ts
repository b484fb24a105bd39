import { isPage, personalPage } from "./personal-page.ts";
import { rewriteSlots, type Decisions } from "./rewrite-slots.ts";
import type { Visit } from "./visit.ts";

/** How a visit is decided. */
export interface Deciding {
  /** What slots show to who visits; nothing where they keep the page's own. May reject. */
  decide: (visit: Visit) => Promise<Decisions | undefined>;
  /** How long the page waits for that where its first slot comes, ms; then its own content stays. */
  timeout: number;
}

/**
 * A visitor's own page: decided while the origin makes it, rewritten while it streams. Whatever goes wrong, and where there is
 * no `visit`, the origin's page is as it was.
 */
export async function personalize(
  visit: Visit | undefined,
  origin: Promise<Response>,
  { decide, timeout }: Deciding,
): Promise<Response> {
  if (!visit) return origin;
  let isEmpty = false;
  const deciding = decide(visit).then(
    (decisions = {}) => {
      isEmpty = Object.keys(decisions).length === 0;
      return decisions;
    },
    () => undefined,
  );
  const page = await origin;
  if (!isPage(page)) return page;
  try {
    const own = personalPage(page, visit.cookie);
    // A page that is not read costs nothing.
    if (isEmpty || !page.body) return own;
    let waited: Promise<Decisions | undefined> | undefined;
    return rewriteSlots(own, () => (waited ??= within(timeout, deciding)));
  } catch {
    return page;
  }
}

/** What `work` resolves with, or nothing when that takes longer, ms. */
async function within<Result>(timeout: number, work: Promise<Result>): Promise<Result | undefined> {
  const ending = new AbortController();
  const late = scheduler.wait(timeout, { signal: ending.signal }).catch(() => {});
  const result = await Promise.race([work, late]);
  ending.abort();
  return result ?? undefined;
}
