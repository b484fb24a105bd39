import type { Murmur } from "../murmur.ts";
import { emailClick } from "./email-clicks.ts";
import { pageViews } from "./page-views.ts";

/** Records by itself what every visit has: the e-mail that led here, and the pages that are seen. */
export function captureVisit(murmur: Pick<Murmur, "track" | "page">): void {
  // To look into an address takes a page's first script a third of its time: most addresses say nothing.
  const click = location.search ? emailClick(location) : undefined;
  if (click) void murmur.track(click.name, click.properties, click);
  pageViews(() => void murmur.page());
}
