import type { Properties } from "../murmur.ts";

/** What a `Page Viewed` says of the page as it is, in the names of Segment's page call. */
export function pageProperties(): Properties {
  const { pathname: path, search, href: url } = location;
  return { path, search, url, title: document.title, referrer: document.referrer };
}
