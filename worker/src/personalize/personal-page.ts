/** How a body may come that HTMLRewriter reads: workerd unpacks these by itself. */
export const READABLE = new Set(["", "identity", "gzip", "br"]);

/** What is true of the origin's bytes, or for everybody, and not of a page that is one visitor's. */
const OF_THE_ORIGINAL =
  "accept-ranges age content-digest content-encoding content-length content-md5 digest cdn-cache-control cloudflare-cdn-cache-control etag expires last-modified repr-digest surrogate-control surrogate-key".split(
    " ",
  );

/** Whether an answer of the origin's is a page, all of it, that may be rewritten. */
export function isPage({ status, headers }: Response): boolean {
  const [type] = (headers.get("content-type") ?? "").split(";");
  return (
    status === 200 &&
    type!.trim().toLowerCase() === "text/html" &&
    READABLE.has((headers.get("content-encoding") ?? "").trim().toLowerCase()) &&
    !/\bno-transform\b/i.test(headers.get("cache-control") ?? "") &&
    !/^\s*attachment\b/i.test(headers.get("content-disposition") ?? "")
  );
}

/** The origin's page as one visitor's own, with its `body`: no shared cache may keep it, and nothing tells a browser that it still has it. */
export function personalPage(
  page: Response,
  cookie: string,
  body: ReadableStream<Uint8Array> | null = page.body,
): Response {
  const headers = new Headers(page.headers);
  const isSecret = /\bno-store\b/i.test(headers.get("cache-control") ?? "");
  for (const name of OF_THE_ORIGINAL) headers.delete(name);
  // Not `no-store`, which would keep it out of the browser's back/forward cache as well.
  headers.set("cache-control", isSecret ? "private, no-store" : "private, no-cache");
  headers.append("vary", "Cookie");
  headers.append("set-cookie", cookie);
  return new Response(body, { status: page.status, statusText: page.statusText, headers });
}
