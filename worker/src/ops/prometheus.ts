import type { Counts } from "./counts.ts";
import { METRIC_NAMES, METRICS, type Metric, type MetricName } from "./metric.ts";

/** The media type of what `prometheusText` gives. */
export const PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/**
 * Counts in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/). Every metric is there
 * from the beginning, so that a rate over it is one.
 */
export function prometheusText(counts: Counts): string {
  return METRIC_NAMES.map((name) => {
    const metric: Metric = METRICS[name];
    return [
      `# HELP ${name} ${metric.help}`,
      `# TYPE ${name} ${metric.type}`,
      ...samples(name, metric, counts),
    ]
      .map((line) => `${line}\n`)
      .join("");
  }).join("");
}

function samples(name: MetricName, metric: Metric, counts: Counts): string[] {
  const of = (series: string): number => counts[series] ?? 0;
  if (metric.type === "gauge") return [`${name} ${Math.max(0, of(metric.come) - of(metric.gone))}`];
  if (metric.type === "histogram") {
    let below = 0;
    const buckets = metric.bounds.map((bound) => {
      below += of(`${name} <= ${bound}`);
      return `${name}_bucket{le="${bound}"} ${below}`;
    });
    const count = of(`${name} count`);
    return [
      ...buckets,
      `${name}_bucket{le="+Inf"} ${count}`,
      `${name}_sum ${of(`${name} sum`)}`,
      `${name}_count ${count}`,
    ];
  }
  if (metric.label === undefined) return [`${name} ${of(name)}`];
  const start = `${name} `;
  return Object.keys(counts)
    .filter((series) => series.startsWith(start))
    .sort()
    .map((series) => `${name}{${metric.label}="${series.slice(start.length)}"} ${of(series)}`);
}
