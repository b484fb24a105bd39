import { READABLE } from "./personal-page.ts";
import { asksForPage } from "./visit.ts";

/** Shared caches other than this one, which the shop may tell apart: https://www.rfc-editor.org/rfc/rfc9213 */
const CONTROLS = ["cloudflare-cdn-cache-control", "cdn-cache-control", "cache-control"];

/**
 * The origin's answer to a request for a page: kept where the origin says that shared caches may, so that it is personalised after the
 * cache, never before. `kept` outlives the answer.
 */
export async function cachedPage(
  request: Request,
  ask: () => Promise<Response>,
  later: (work: Promise<unknown>) => void,
): Promise<Response> {
  if (request.method !== "GET" || !asksForPage(request) || request.headers.has("authorization")) return ask();
  // By the address that the visitor sees: an origin may serve several hosts.
  const key = new Request(request.url);
  const kept = await caches.default.match(key).catch(() => undefined);
  if (kept) return kept;
  const page = await ask();
  if (mayBeShared(page)) later(caches.default.put(key, page.clone()).catch(() => {}));
  return page;
}

/**
 * Whether a shared cache may keep a page for everybody: only where that is said outright, for what says nothing may well be
 * somebody's own. https://www.rfc-editor.org/rfc/rfc9111#section-3
 */
export function mayBeShared({ status, headers }: Response): boolean {
  const isHtml = headers.get("content-type")?.trim().toLowerCase().startsWith("text/html");
  if (status !== 200 || !isHtml || headers.has("set-cookie")) return false;
  // What one browser asked for packed, another one may not be able to read; the platform unpacks these for it.
  if (!READABLE.has((headers.get("content-encoding") ?? "").trim().toLowerCase())) return false;
  const control = CONTROLS.map((name) => headers.get(name)).find((value) => value !== null) ?? "";
  const isShared = /\bs-maxage\s*=\s*"?[1-9]/i.test(control) || /\bpublic\b/i.test(control);
  if (!isShared || /\b(private|no-store|no-cache|must-understand)\b/i.test(control)) return false;
  return (headers.get("vary") ?? "")
    .split(",")
    .every((name) => ["", "accept-encoding"].includes(name.trim().toLowerCase()));
}
