import type { Captured } from "../plugin.ts";

/** Properties of Segment's e-mail spec, and the query parameters that they are read from. */
const PROPERTIES = [
  ["campaign_id", "utm_id"],
  ["campaign_name", "utm_campaign"],
  ["link_id", "utm_content"],
  ["link_token", "murmur_link"],
] as const;

/**
 * The click in an e-mail that led to this page, told by `utm_medium=email` or by the token of a link of Murmur's own. The
 * token makes it one click however often the page is loaded: its end, which has the signature in it, fits an id. Without
 * one, what is reloaded or come back to is no click.
 */
export function emailClick(location: Location): (Captured & { id?: string }) | undefined {
  const query = new URLSearchParams(location.search);
  const properties: Captured["properties"] = { link_url: location.href };
  for (const [property, parameter] of PROPERTIES) {
    const value = query.get(parameter);
    if (value) properties[property] = value;
  }
  const click = { name: "Email Link Clicked", properties };
  const token = properties["link_token"] as string | undefined;
  if (token) return { ...click, id: `link:${token.slice(-123)}` };
  const [load] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  // The spellings that Google Analytics takes for e-mail.
  return /^e[-_ ]?mail$/i.test(query.get("utm_medium")!) && load?.type === "navigate" ? click : undefined;
}
