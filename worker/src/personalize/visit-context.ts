import type { Context } from "@murmur/core";

/** What only the edge knows of a visit. */
export const PLACE = ["country", "region", "city"] as const;

/** What is true of a visit as a page's request tells it: the names and forms of the tag's context, and where the visitor is. */
export function visitContext(request: Request): Context {
  const { pathname, search } = new URL(request.url);
  const { headers } = request;
  const utm: Record<string, string> = {};
  for (const [name, value] of search ? new URLSearchParams(search) : [])
    if (name.startsWith("utm_")) utm[name.slice(4)] = value;
  const cf = (request.cf ?? {}) as Record<string, unknown>;
  const known = [...PLACE, "timezone"].flatMap((name) => {
    const value = cf[name];
    return typeof value === "string" ? [[name, value]] : [];
  });
  const language = /^[a-z\d-]+/i.exec((headers.get("accept-language") ?? "").trim())?.[0];
  return {
    ...Object.fromEntries(known),
    device: deviceKind(headers),
    ...(language !== undefined && { language }),
    referrer: headers.get("referer") ?? "",
    utm,
    path: pathname,
  };
}

/** Browsers that say so, else by the words that all makers use. https://developer.mozilla.org/docs/Web/HTTP/Browser_detection_using_the_user_agent */
function deviceKind(headers: Headers): "mobile" | "tablet" | "desktop" {
  const agent = headers.get("user-agent") ?? "";
  if (/iPad|Tablet|Android(?!.*Mobi)/i.test(agent)) return "tablet";
  return headers.get("sec-ch-ua-mobile") === "?1" || /Mobi/i.test(agent) ? "mobile" : "desktop";
}
