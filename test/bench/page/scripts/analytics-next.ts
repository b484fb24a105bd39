import { AnalyticsBrowser } from "@segment/analytics-next";
import { EVENT, mark, PRODUCT } from "./probe.ts";

/** As its guide begins, its settings and its endpoint on the bench's own server. */
mark("evaluated");
const analytics = AnalyticsBrowser.load(
  { writeKey: "bench", cdnURL: location.origin },
  { integrations: { "Segment.io": { apiHost: `${location.host}/v1`, protocol: "http" } } },
);
void analytics.page();
void analytics.ready(() => mark("ready"));
window.recordOne = () => analytics.track(EVENT, PRODUCT);
