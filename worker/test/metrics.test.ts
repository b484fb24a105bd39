import { env, listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { afterEach, expect, test, vi } from "vitest";
import { readCounts } from "../src/ops/counter-shards.ts";
import { Tally } from "../src/ops/counts.ts";
import { countProblem, tally } from "../src/ops/count.ts";
import { writeDataPoints } from "../src/ops/data-points.ts";
import { flushCounts } from "../src/ops/flush-counts.ts";
import { noteAlarm } from "../src/ops/note-alarm.ts";
import { prometheusText } from "../src/ops/prometheus.ts";
import { event, fetchEdge, newDevice, post, sync, viewed } from "./kit/call.ts";
import { segment } from "./kit/segment-call.ts";

const authorization = `Bearer ${env.ADMIN_TOKEN}`;

async function metricsText(): Promise<string> {
  return (await fetchEdge("/v1/admin/metrics", { headers: { authorization } })).text();
}

/** The samples by their names and labels, as they are written. */
async function metrics(): Promise<Record<string, number>> {
  const lines = (await metricsText()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]),
  );
}

/** Waits until samples have grown by so much; a profile passes on what it has counted on its own. */
async function grown(before: Record<string, number>, by: Record<string, number>): Promise<void> {
  const expected = Object.fromEntries(Object.entries(by).map(([name, n]) => [name, (before[name] ?? 0) + n]));
  await vi.waitFor(async () => expect(await metrics()).toMatchObject(expected), 5_000);
}

afterEach(() => vi.restoreAllMocks());

test("nobody reads them without the operator's token", async () => {
  for (const given of [undefined, "Bearer wrong", "Basic x"]) {
    const answer = await fetchEdge("/v1/admin/metrics", { headers: given ? { authorization: given } : {} });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: "admin_token_required" });
  }
  const answer = await fetchEdge("/v1/admin/metrics", { headers: { authorization } });
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(answer.headers.get("cache-control")).toBe("no-store");
});

test("what becomes of each entry is counted once, with the reason of what was not taken", async () => {
  const before = await metrics();
  const device = newDevice();
  const views = [viewed(), viewed(), viewed()];
  await sync(device, views);
  await sync(device, [
    views[0],
    viewed(),
    { ...viewed(), properties: "none" },
    viewed("x", Date.now() - 500 * 864e5),
  ]);
  await sync(device, [viewed()], { consent: { analytics: false } });
  const refused = event("Product Viewed", { long: "x".repeat(20_000) });
  await segment("batch", {
    batch: [
      {
        type: "track",
        event: "Order Completed",
        userId: crypto.randomUUID(),
        messageId: crypto.randomUUID(),
      },
      { type: "track", userId: "nobody" },
      { type: "track", event: "Product Viewed", anonymousId: newDevice(), properties: refused.properties },
    ],
  });
  await grown(before, {
    murmur_entries_ingested_total: 5,
    murmur_entries_duplicate_total: 1,
    'murmur_entries_rejected_total{reason="invalid"}': 2,
    'murmur_entries_rejected_total{reason="too_large"}': 1,
    'murmur_entries_rejected_total{reason="too_old"}': 1,
    'murmur_entries_rejected_total{reason="no_consent"}': 1,
  });
});

test("calls that were refused are counted by their codes", async () => {
  const before = await metrics();
  await post("/v1/sync", "no JSON");
  await fetchEdge("/v1/sync", {
    method: "POST",
    body: "{}",
    headers: { origin: "https://elsewhere.example" },
  });
  await fetchEdge("/v1/nothing");
  await fetchEdge("/v1/sync", { method: "PUT", body: "{}" });
  await grown(before, {
    'murmur_problems_total{code="invalid_json"}': 1,
    'murmur_problems_total{code="origin_not_allowed"}': 1,
    'murmur_problems_total{code="not_found"}': 1,
    'murmur_problems_total{code="method_not_allowed"}': 1,
  });
});

test("memberships that changed are counted, and how late alarms have stored them", async () => {
  const before = await metrics();
  const device = newDevice();
  const added = event("Product Added");
  await sync(device, [added, viewed(), viewed(), viewed(), viewed()]);
  // Half a second before the cart has lain for two hours; the real alarm does the rest.
  await post("/v1/dev/clock", { device, advance: 2 * 36e5 - (Date.now() - added.timestamp) - 500 });
  await grown(before, {
    'murmur_transitions_total{change="entered"}': 2,
    murmur_alarm_lag_seconds_count: 1,
    'murmur_alarm_lag_seconds_bucket{le="+Inf"}': 1,
    'murmur_alarm_lag_seconds_bucket{le="600"}': 1,
  });
});

test("a lag is in every bucket that it does not exceed", () => {
  const tallied = new Tally();
  for (const lag of [0.005, 0.5, 0.7, 9_999])
    tallied.observe("murmur_alarm_lag_seconds", lag, [0.01, 0.5, 1]);
  const text = prometheusText(tallied.take()!);
  expect(text).toContain('murmur_alarm_lag_seconds_bucket{le="0.01"} 1\n');
  expect(text).toContain('murmur_alarm_lag_seconds_bucket{le="0.5"} 2\n');
  expect(text).toContain('murmur_alarm_lag_seconds_bucket{le="1"} 3\n');
  expect(text).toContain('murmur_alarm_lag_seconds_bucket{le="+Inf"} 4\n');
  expect(text).toContain("murmur_alarm_lag_seconds_count 4\n");
  expect(text).toContain("murmur_alarm_lag_seconds_sum 10000.205\n");
});

test("an alarm that is late stands in the log, one in time does not", () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  noteAlarm([], 20_000);
  noteAlarm([10_001, 15_000], 20_000);
  expect(warn).not.toHaveBeenCalled();
  noteAlarm([15_000, 10_000], 20_000);
  expect(warn.mock.calls).toEqual([
    [JSON.stringify({ level: "warn", event: "alarm_late", lag: 10_000, transitions: 2 })],
  ]);
});

test("every metric is described, also before anything was counted", () => {
  const text = prometheusText({});
  expect(text).toMatch(
    /^(# HELP \w+ .+\n# TYPE \w+ (counter|gauge|histogram)\n(\w+(\{le="[\d.+Inf]+"\})? 0\n)*)+$/,
  );
  expect(text).toContain("murmur_outbox_depth 0\n");
  expect(prometheusText({ murmur_webhooks_settled_total: 3, murmur_webhooks_made_total: 5 })).toContain(
    "murmur_outbox_depth 2\n",
  );
});

test("what many isolates pass on at once adds up, over all shards", async () => {
  const before = (await readCounts(env))["murmur_problems_total storm"] ?? 0;
  await Promise.all(
    Array.from({ length: 200 }, () => {
      countProblem("storm");
      return flushCounts(env);
    }),
  );
  expect((await readCounts(env))["murmur_problems_total storm"]).toBe(before + 200);
  expect((await listDurableObjectIds(env.COUNTERS)).length).toBeGreaterThan(1);
});

test("what a shard did not take is passed on the next time", async () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  await flushCounts(env);
  countProblem("once");
  const failing = {
    idFromName: (name: string) => env.COUNTERS.idFromName(name),
    get: () => ({ add: () => Promise.reject(new Error("overloaded")) }),
  } as unknown as DurableObjectNamespace;
  await flushCounts({ ...env, COUNTERS: failing });
  expect(warn.mock.calls.flat()).toEqual([
    JSON.stringify({ level: "warn", event: "counts_not_passed_on", series: 1 }),
  ]);
  await flushCounts(env);
  expect((await readCounts(env))["murmur_problems_total once"]).toBe(1);
  // Others may have been counted meanwhile: a webhook of the test before is delivered when its time has come.
  expect(tally.take()?.["murmur_problems_total once"]).toBeUndefined();
});

test("a shard keeps its sums when it leaves memory", async () => {
  countProblem("kept");
  await flushCounts(env);
  const kept = await Promise.all(
    (await listDurableObjectIds(env.COUNTERS)).map((id) =>
      runInDurableObject(env.COUNTERS.get(id), (_object, { storage }) =>
        storage.kv.get<Record<string, number>>("counts"),
      ),
    ),
  );
  expect(kept.filter((counts) => counts?.["murmur_problems_total kept"] === 1).length).toBe(1);
});

test("Analytics Engine is given each series, its name and label apart, and no more points than it takes", () => {
  const points: AnalyticsEngineDataPoint[] = [];
  const dataset: AnalyticsEngineDataset = { writeDataPoint: (point) => void points.push(point!) };
  writeDataPoints(dataset, {
    murmur_entries_ingested_total: 7,
    "murmur_entries_rejected_total too_old": 2,
    "murmur_alarm_lag_seconds <= 0.5": 1,
  });
  expect(points).toEqual([
    {
      indexes: ["murmur_entries_ingested_total"],
      blobs: ["murmur_entries_ingested_total", ""],
      doubles: [7],
    },
    {
      indexes: ["murmur_entries_rejected_total too_old"],
      blobs: ["murmur_entries_rejected_total", "too_old"],
      doubles: [2],
    },
    {
      indexes: ["murmur_alarm_lag_seconds <= 0.5"],
      blobs: ["murmur_alarm_lag_seconds", "<= 0.5"],
      doubles: [1],
    },
  ]);
});
