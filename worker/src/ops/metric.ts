/** A kind of count, in the terms of Prometheus (https://prometheus.io/docs/concepts/metric_types/). */
export type Metric = { help: string; label?: string } & (
  | { type: "counter" }
  /** `bounds`: upper ends of its buckets, ascending. */
  | { type: "histogram"; bounds: readonly number[] }
  /** What has come and not gone: the one counter less the other. */
  | { type: "gauge"; come: MetricName; gone: MetricName }
);

export const METRIC_NAMES = [
  "murmur_entries_ingested_total",
  "murmur_entries_duplicate_total",
  "murmur_entries_rejected_total",
  "murmur_problems_total",
  "murmur_transitions_total",
  "murmur_alarm_lag_seconds",
  "murmur_webhooks_made_total",
  "murmur_webhooks_settled_total",
  "murmur_outbox_depth",
] as const;

export type MetricName = (typeof METRIC_NAMES)[number];

/** What is counted. A label has few values, none of which tells of a person. */
export const METRICS = {
  murmur_entries_ingested_total: { type: "counter", help: "Entries taken into a profile's log." },
  murmur_entries_duplicate_total: { type: "counter", help: "Entries that were in the log already." },
  murmur_entries_rejected_total: {
    type: "counter",
    help: "Entries that were not taken, by reason.",
    label: "reason",
  },
  murmur_problems_total: {
    type: "counter",
    help: "Calls that were answered a problem, by code.",
    label: "code",
  },
  murmur_transitions_total: {
    type: "counter",
    help: "Memberships that changed, by whether the segment was entered or exited.",
    label: "change",
  },
  murmur_alarm_lag_seconds: {
    type: "histogram",
    help: "From the instant at which time changed a membership until an alarm had stored it.",
    bounds: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600],
  },
  murmur_webhooks_made_total: { type: "counter", help: "Webhooks put into a profile's outbox." },
  murmur_webhooks_settled_total: {
    type: "counter",
    help: "Webhooks that left an outbox: delivered, or of no use any more.",
  },
  murmur_outbox_depth: {
    type: "gauge",
    help: "Webhooks that wait in outboxes.",
    come: "murmur_webhooks_made_total",
    gone: "murmur_webhooks_settled_total",
  },
} as const satisfies Readonly<Record<MetricName, Metric>>;
