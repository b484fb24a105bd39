import type { Env } from "../env.ts";
import { READABLE } from "./personal-page.ts";

/** Of the connection, not of the message: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const OF_THE_CONNECTION =
  "connection keep-alive proxy-authorization proxy-connection te trailer transfer-encoding upgrade".split(
    " ",
  );

/** What says on whose behalf a proxy asks: only this one says it, so that nobody tells an origin, or what it caches, something else. */
const OF_A_PROXY =
  /^(forwarded|x-forwarded-.*|x-host|x-http-host-override|x-original-(host|url)|x-real-ip|x-rewrite-url)$/;

/** With which a browser asks for less than the whole page. */
export const PARTIAL = [
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "range",
];

/** Whether the worker stands in front of a shop's pages. */
export function hasOrigin({ ORIGIN, ORIGIN_SERVICE }: Env): boolean {
  return Boolean(ORIGIN) || ORIGIN_SERVICE !== undefined;
}

/** Asks the origin what the visitor asks; for the `whole` page where it is to be rewritten, whatever the browser has of it. */
export async function fetchOrigin(request: Request, env: Env, whole: boolean): Promise<Response> {
  const url = originUrl(request.url, env);
  const headers = originHeaders(request, whole);
  const asked = new Request(url, new Request(request, { headers, redirect: "manual" }));
  return env.ORIGIN_SERVICE ? env.ORIGIN_SERVICE.fetch(asked) : fetch(asked);
}

/** The same path and query at the origin, and never another host, whatever the path looks like. Throws where ORIGIN is no URL. */
export function originUrl(url: string, { ORIGIN, ORIGIN_SERVICE }: Env): string {
  if (ORIGIN_SERVICE) return url;
  const { pathname, search } = new URL(url);
  const origin = new URL(ORIGIN!);
  origin.pathname = origin.pathname.replace(/\/$/, "") + pathname;
  origin.search = search;
  return origin.href;
}

function originHeaders({ headers: sent, url }: Request, whole: boolean): Headers {
  const headers = new Headers(sent);
  const named = (sent.get("connection") ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
  const upgrade = sent.get("upgrade");
  // To what lies behind CGI and its like, `_` and `-` are one.
  const ofAProxy = [...headers.keys()].filter((name) => OF_A_PROXY.test(name.replaceAll("_", "-")));
  for (const name of [...OF_THE_CONNECTION, ...ofAProxy, ...named.filter(isName)]) headers.delete(name);
  if (upgrade?.toLowerCase() === "websocket") headers.set("upgrade", upgrade);
  if (whole) {
    for (const name of PARTIAL) headers.delete(name);
    const packings = sent.get("accept-encoding");
    if (packings !== null) headers.set("accept-encoding", readable(packings));
  }
  const { host, protocol } = new URL(url);
  headers.set("x-forwarded-host", host);
  headers.set("x-forwarded-proto", protocol.slice(0, -1));
  const address = sent.get("cf-connecting-ip");
  if (address !== null) headers.set("x-forwarded-for", address);
  return headers;
}

/** What of an Accept-Encoding can be rewritten: browsers take zstd as well, in which a page would pass as it is. */
function readable(packings: string): string {
  const some = packings.split(",").filter((one) => {
    const name = one.split(";", 1)[0]!.trim().toLowerCase();
    return name !== "" && READABLE.has(name);
  });
  return some.map((one) => one.trim()).join(", ") || "identity";
}

function isName(name: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name);
}
