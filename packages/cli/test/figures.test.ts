import { compile, define, rfm, type Definition, type Entry, type EventEntry } from "@murmur/core";
import { Readable } from "node:stream";
import { beforeAll, describe, expect, test } from "vitest";
import { backtest, type BacktestResult } from "../src/index.ts";
import { sampleEvents, SAMPLE_COLUMNS } from "../src/init/sample-events.ts";
import { usualDefinition } from "./kit/usual-definition.ts";
import { useFolder } from "./kit/with-folder.ts";

const DAY = 86_400_000;
const HORIZON = 30 * DAY;
const folder = useFolder();
const TEXT = sampleEvents(80, 7);
const STAGES = ["new-visitor", "first-time-buyer", "active", "loyal", "at-risk", "dormant"];
const IDS = Object.keys(usualDefinition.segments);

/** Everybody's events, read by a few lines of its own: names, instants and totals are all that the presets look at. */
function logsOf(text: string): Map<string, EventEntry[]> {
  const logs = new Map<string, EventEntry[]>();
  for (const line of text.trim().split("\n").slice(1)) {
    const row = Object.fromEntries(line.split(",").map((field, at) => [SAMPLE_COLUMNS[at], field]));
    const log = logs.get(row["profile"]!) ?? [];
    logs.set(row["profile"]!, log);
    const properties = row["total"] === "" ? {} : { total: Number(row["total"]) };
    const timestamp = Date.parse(row["timestamp"]!);
    log.push({ type: "event", id: row["id"]!, name: row["event"]!, timestamp, properties });
  }
  return logs;
}

let result: BacktestResult;
const logs = logsOf(TEXT);
const last = Math.max(...[...logs.values()].flat().map(({ timestamp }) => timestamp));
beforeAll(async () => {
  const files = [folder.write("events.csv", TEXT)];
  result = await backtest({ definition: usualDefinition, files, order: "auto", stdin: Readable.from([]) });
});

/** Segments at an instant, by a replay of all that had happened by then. */
function segmentsAt(log: readonly Entry[], at: number): string[] {
  const program = compile(usualDefinition).profile();
  program.replay(log.filter(({ timestamp }) => timestamp <= at));
  program.advance(at);
  return program.segments();
}

describe("held against a slow count of the same", () => {
  test("sizes at the end of buckets here and there", () => {
    const { starts, width } = result.time;
    for (let at = 0; at < starts.length; at += 23) {
      const end = Math.min(starts[at]! + width - 1, last);
      const seen = [...logs.values()].filter((log) => log[0]!.timestamp <= end);
      const members = seen.flatMap((log) => segmentsAt(log, end));
      expect(result.time.people[at]).toBe(seen.length);
      for (const { id, sizes } of result.segments)
        expect(sizes[at], `${id} in bucket ${at}`).toBe(members.filter((segment) => segment === id).length);
    }
  });

  test("conversion: at each checkpoint who is a member, and who orders within the horizon", () => {
    const counts = new Map(IDS.map((id) => [id, { members: [0, 0], others: [0, 0] }]));
    let checkpoints = 0;
    const first = Math.min(...[...logs.values()].map((log) => log[0]!.timestamp));
    for (let at = Math.ceil(first / HORIZON) * HORIZON; at + HORIZON <= last; at += HORIZON) {
      checkpoints++;
      for (const log of logs.values()) {
        if (log[0]!.timestamp > at) continue;
        const segments = segmentsAt(log, at);
        const converts = log.some(
          ({ name, timestamp }) => name === "Order Completed" && timestamp > at && timestamp <= at + HORIZON,
        );
        for (const id of IDS) {
          const side = counts.get(id)![segments.includes(id) ? "members" : "others"];
          side[0]!++;
          if (converts) side[1]!++;
        }
      }
    }
    expect(result.conversion.checkpoints).toBe(checkpoints);
    for (const { id, conversion } of result.segments) {
      const { members, others } = counts.get(id)!;
      expect([conversion.members.people, conversion.members.converted], id).toEqual(members);
      expect([conversion.others.people, conversion.others.converted], id).toEqual(others);
    }
  });

  test("entries, exits, stays and the flow between stages: of transitions, one by one", () => {
    const entered = new Map<string, number>();
    const stays = new Map<string, number[]>();
    const moves = STAGES.map(() => STAGES.map(() => 0));
    const now = STAGES.map(() => 0);
    const add = (id: string): void => void entered.set(id, (entered.get(id) ?? 0) + 1);
    for (const log of logs.values()) {
      const profile = compile(usualDefinition).profile();
      const since = new Map<string, number>();
      let stage = "";
      const all = [...log.flatMap((entry) => profile.record(entry)), ...profile.advance(last)];
      for (const { segment, change, at } of all) {
        if (change === "exited") {
          stays.set(segment, [...(stays.get(segment) ?? []), at - since.get(segment)!]);
          continue;
        }
        add(segment);
        since.set(segment, at);
        if (!segment.startsWith("lifecycle-")) continue;
        const next = segment.slice("lifecycle-".length);
        if (stage !== "") moves[STAGES.indexOf(stage)]![STAGES.indexOf(next)]!++;
        stage = next;
      }
      now[STAGES.indexOf(stage)]!++;
    }
    expect(result.flow).toMatchObject({ stages: STAGES.map((stage) => `lifecycle-${stage}`), moves, now });
    for (const { id, entered: came, exited: went, dwell } of result.segments) {
      const lengths = (stays.get(id) ?? []).sort((a, b) => a - b);
      expect(
        came.reduce((sum, many) => sum + many, 0),
        id,
      ).toBe(entered.get(id) ?? 0);
      expect(
        went.reduce((sum, many) => sum + many, 0),
        id,
      ).toBe(lengths.length);
      expect(dwell.ended).toBe(lengths.length);
      if (lengths.length === 0) continue;
      expect([dwell.shortest, dwell.longest]).toEqual([lengths[0], lengths.at(-1)]);
      // Of a few stays, the median is one of two; a class is 5 % wide.
      const [low, high] = [
        lengths[Math.floor((lengths.length - 1) / 2)]!,
        lengths[Math.ceil((lengths.length - 1) / 2)]!,
      ];
      expect(dwell.median!).toBeGreaterThanOrEqual(low * 0.97);
      expect(dwell.median!).toBeLessThanOrEqual(high * 1.03);
    }
  });

  test("overlap: pairs of segments that people are in at the end", () => {
    const sets = [...logs.values()].map((log) => segmentsAt(log, last));
    const both = (a: string, b: string): number =>
      sets.filter((set) => set.includes(a) && set.includes(b)).length;
    expect(result.overlap.length).toBeGreaterThan(50);
    for (const { a, b, people, jaccard } of result.overlap) {
      expect(people).toBe(both(a, b));
      expect(jaccard).toBeCloseTo(people / (both(a, a) + both(b, b) - people), 12);
    }
  });
});

test("every rule has a cost, alone", () => {
  expect(result.costs.map(({ segment }) => segment).sort()).toEqual([...IDS].sort());
  for (const { microseconds } of result.costs) expect(microseconds).toBeGreaterThan(0);
});

test("an earlier end leaves out what is later, and says how much", async () => {
  const files = [folder.write("events.csv", TEXT)];
  const asOf = Date.UTC(2025, 5, 1);
  const early = await backtest({
    definition: usualDefinition,
    files,
    order: "auto",
    asOf,
    stdin: Readable.from([]),
    noCosts: true,
  });
  const all = [...logs.values()].flat();
  expect(early.later).toBe(all.filter(({ timestamp }) => timestamp > asOf).length);
  expect(early.asOf).toBe(asOf);
  const members = [...logs.values()]
    .filter((log) => log[0]!.timestamp <= asOf)
    .flatMap((log) => segmentsAt(log, asOf));
  for (const { id, size } of early.segments)
    expect(size).toBe(members.filter((segment) => segment === id).length);
});

test("a day that is put for never does not make a run endless, whatever the horizon", async () => {
  const rows = ["user_id,timestamp,event", "a,2026-01-01,X", "b,9999-12-31,X"];
  const { conversion, segments } = await backtest({
    definition: { segments: { x: { count: "X", gte: 1 } } },
    files: [folder.write("never.csv", rows.join("\n"))],
    order: "auto",
    horizon: "1s",
    stdin: Readable.from([]),
    noCosts: true,
  });
  // At the checkpoint of its first instant itself, a person is there, and not yet a member.
  const checkpoints = (Date.UTC(9999, 11, 31) - Date.UTC(2026, 0, 1)) / 1_000;
  expect(conversion.checkpoints).toBe(checkpoints);
  const { members, others } = segments[0]!.conversion;
  expect(members.people + others.people).toBe(checkpoints);
});

test("buckets grow with the time: an hour by minutes, twelve years by weeks", async () => {
  const rows = (step: number): string =>
    [
      "user_id,timestamp,event",
      ...Array.from(
        { length: 60 },
        (_none, at) => `u${at},${new Date(Date.UTC(2010, 0, 1) + at * step).toISOString()},X`,
      ),
    ].join("\n");
  const definition = { segments: { x: { count: "X", within: "1ms", gte: 1 } } } as const;
  for (const [step, width] of [
    [60_000, 60_000],
    [73 * DAY, 7 * DAY],
  ] as const) {
    const files = [folder.write("events.csv", rows(step))];
    const { time, segments } = await backtest({
      definition,
      files,
      order: "auto",
      stdin: Readable.from([]),
      noCosts: true,
    });
    expect(time.width).toBe(width);
    expect(segments[0]!.entered.reduce((sum, many) => sum + many, 0)).toBe(60);
    expect(time.people.at(-1)).toBe(60);
    for (const [at, start] of time.starts.slice(1).entries()) expect(start - time.starts[at]!).toBe(width);
    // Weeks begin on Mondays.
    if (width === 7 * DAY) expect(new Date(time.starts[0]!).getUTCDay()).toBe(1);
  }
});

test("of two rfm presets, the grid is of the first alone", async () => {
  const [web, app] = [rfm({ prefix: "web-" }), rfm({ prefix: "app-", order: "App Order" })];
  const definition = define({
    segments: { ...app.segments, ...web.segments, "web-recency-high": { count: "X", gte: 0 } },
    measures: { ...app.measures, ...web.measures },
  }) as Definition;
  const rows = ["ada,2026-01-01,App Order", "bob,2026-01-01,Order Completed"];
  const { rfm: grid } = await backtest({
    definition,
    files: [folder.write("two-presets.csv", `profile,timestamp,event\n${rows.join("\n")}\n`)],
    order: "auto",
    stdin: Readable.from([]),
  });
  expect(grid).toMatchObject({ prefix: "app-", squares: [{ recency: 5, frequency: 1, people: 1 }] });
});
