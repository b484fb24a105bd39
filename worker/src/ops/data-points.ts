import type { Counts } from "./counts.ts";

/** Data points that one invocation of a worker may write. */
const MOST = 250;

/**
 * Counts as data points of Workers Analytics Engine: the series as index, the metric's name and its label as blobs, the count
 * as double. Summed up with `_sample_interval`, as its documentation has it, they are the totals.
 * https://developers.cloudflare.com/analytics/analytics-engine/sampling/
 */
export function writeDataPoints(dataset: AnalyticsEngineDataset | undefined, counts: Counts): void {
  for (const [series, count] of Object.entries(counts).slice(0, MOST)) {
    const [name = "", ...label] = series.split(" ");
    dataset?.writeDataPoint({ indexes: [series], blobs: [name, label.join(" ")], doubles: [count] });
  }
}
