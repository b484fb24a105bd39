import type { Murmur } from "../murmur.ts";
import { emailClick } from "./email-clicks.ts";
import { pageViews } from "./page-views.ts";

/** Records by itself what every visit has: the e-mail that led here, and the pages that are seen. */
export function captureVisit(murmur: Pick<Murmur, "track" | "page">): void {
  const click = emailClick(location);
  if (click) void murmur.track(click.name, click.properties, click);
  pageViews(() => void murmur.page());
}
