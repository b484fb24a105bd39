import { forget, knownPage, learn } from "./known-pages.ts";
import { isPage, personalPage } from "./personal-page.ts";
import { rewriteSlots, type Decisions, type Rewrite } from "./rewrite-slots.ts";
import { showKnown } from "./show-known.ts";
import { isSlotless, noteSlotless } from "./slotless-pages.ts";
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
  /** What was decided, or that it did not come in time: once it is known, it stays so. */
  let known: { decisions: Decisions | undefined } | undefined;
  const know = (decisions: Decisions | undefined): Decisions | undefined =>
    (known ??= { decisions }).decisions;
  const deciding = decide(visit)
    .then(
      (decisions = {}) => decisions,
      () => undefined,
    )
    .then(know);
  const page = await origin;
  if (!isPage(page)) return page;
  try {
    // A page that is not read costs nothing.
    const isEmpty = known?.decisions && Object.keys(known.decisions).length === 0;
    if (isEmpty || !page.body || isSlotless(visit.url, page)) return personalPage(page, visit.cookie);
    let waited: Promise<Decisions | undefined> | undefined;
    return rewritten(visit, page, page.body, {
      decided: () => (known ? known.decisions : (waited ??= within(timeout, deciding).then(know))),
      onSlotless: () => noteSlotless(visit.url, page),
    });
  } catch {
    return page;
  }
}

/** The page with its slots filled; of one that was here before, HTMLRewriter reads no more than its beginning. */
function rewritten(
  { url, cookie }: Visit,
  page: Response,
  body: ReadableStream<Uint8Array>,
  rewrite: Rewrite,
): Response {
  const known = knownPage(url, page);
  const shown = known?.was && showKnown(body, known, known.was, rewrite);
  if (shown) return personalPage(page, cookie, shown);
  if (!known || known.was) return rewriteSlots(personalPage(page, cookie), rewrite);
  const [own, copy] = body.tee();
  learn(known, copy, page.headers.get("content-type") ?? "").catch(() => forget(known));
  try {
    return rewriteSlots(personalPage(page, cookie, own), rewrite);
  } catch {
    // It is in an encoding that cannot be read.
    return new Response(own, page);
  }
}

/** What `work` resolves with, or nothing when that takes longer, ms. */
async function within<Result>(timeout: number, work: Promise<Result>): Promise<Result | undefined> {
  let timer: number | null = null;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, timeout, undefined)));
  const result = await Promise.race([work, late]);
  clearTimeout(timer);
  return result;
}
