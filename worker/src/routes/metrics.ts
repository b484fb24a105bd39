import { Hono } from "hono";
import type { Env } from "../env.ts";
import { readCounts } from "../ops/counter-shards.ts";
import { flushCounts } from "../ops/flush-counts.ts";
import { PROMETHEUS_TYPE, prometheusText } from "../ops/prometheus.ts";
import { adminOnly } from "../wire/admin-only.ts";

/** `GET /v1/admin/metrics`: what the worker has counted, in Prometheus' text format. */
export const metricsRoute = new Hono<{ Bindings: Env }>().get("/", adminOnly(), async ({ env, body }) => {
  // With what this isolate has counted since it passed on last.
  await flushCounts(env);
  return body(prometheusText(await readCounts(env)), 200, { "content-type": PROMETHEUS_TYPE });
});
