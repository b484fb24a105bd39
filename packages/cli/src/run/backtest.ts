import { compile, parseDuration, readsOf, type Definition, type SegmentDefinition } from "@murmur/core";
import type { Readable } from "node:stream";
import { Conversion, type ConversionResult, type SegmentConversion } from "../figures/conversion.ts";
import { DwellTimes, type Dwell } from "../figures/dwell.ts";
import { Overlap } from "../figures/overlap.ts";
import { RfmGrid, rfmPrefixOf, type RfmResult } from "../figures/rfm-grid.ts";
import { RuleCosts, type RuleCost } from "../figures/rule-costs.ts";
import { SizeOverTime, type SizeSeries } from "../figures/size-over-time.ts";
import { StageFlow, stagesOf, type StageFlowResult } from "../figures/stage-flow.ts";
import type { InputSummary } from "../input/input-summary.ts";
import { readEntries, type EntriesOptions } from "../input/read-entries.ts";
import { Population } from "./population.ts";
import type { Watcher } from "./watcher.ts";

const DAY = 86_400_000;
/** Pairs of segments that are named. */
const MOST_PAIRS = 200;

export interface BacktestOptions extends Omit<EntriesOptions, "reads"> {
  definition: Definition;
  /** The instant up to which everybody is evaluated, ms; that of the last entry without it. */
  asOf?: number | undefined;
  /** The event that is a conversion. `"Order Completed"` by default. */
  conversion?: string | undefined;
  /** How long after a checkpoint a conversion counts. `"30d"` by default. */
  horizon?: string | undefined;
  /** The segments that are stages, in order; those of a `lifecycle` preset without it. */
  stages?: readonly string[] | undefined;
  /** What shall watch beside the report's figures. */
  watchers?: readonly Watcher[] | undefined;
  /** Leaves out what each rule costs, which takes about a sixth of a second. */
  noCosts?: boolean | undefined;
}

export interface SegmentFigures extends SizeSeries {
  id: string;
  name?: string;
  description?: string;
  /** How many are in it at the end. */
  size: number;
  dwell: Dwell;
  conversion: SegmentConversion;
}

/** What a definition would have done. Instants are ms UTC. */
export interface BacktestResult {
  /** Hash of the definition. */
  definition: string;
  input: InputSummary;
  people: number;
  /** Of the entries that were evaluated. */
  first: number;
  last: number;
  /** The instant up to which everybody was evaluated. */
  asOf: number;
  /** Entries that are later than that, which count for nothing. */
  later: number;
  /** From the first byte to the last figure, but for the cost of rules, s. */
  seconds: number;
  time: { width: number; starts: number[]; people: number[] };
  segments: SegmentFigures[];
  overlap: { a: string; b: string; people: number; jaccard: number }[];
  conversion: Omit<ConversionResult, "segments">;
  /** Absent where the definition has no stages. */
  flow?: StageFlowResult;
  /** Absent where it has no `rfm` preset. */
  rfm?: RfmResult;
  /** Dearest first. */
  costs: RuleCost[];
}

/** Runs a definition over everybody's history, and tells what it would have done. */
export async function backtest(options: BacktestOptions & { stdin: Readable }): Promise<BacktestResult> {
  const start = performance.now();
  const program = compile(options.definition);
  const { definition } = program;
  const ids = Object.keys(definition.segments);
  const { event, horizon } = conversionOf(options);
  const begin = () => {
    const rfmPrefix = rfmPrefixOf(ids);
    const figures = {
      sizes: new SizeOverTime(ids.length),
      dwell: new DwellTimes(ids.length),
      conversion: new Conversion(ids.length, event, horizon),
      overlap: new Overlap(ids.length),
      flow: new StageFlow(ids, stagesOf(ids, options.stages)),
      ...(rfmPrefix !== undefined && { rfm: new RfmGrid(ids, rfmPrefix) }),
      ...(!options.noCosts && { costs: new RuleCosts() }),
    };
    const watchers: Watcher[] = [...Object.values(figures), ...(options.watchers ?? [])];
    return Object.assign(new Population({ program, watchers, asOf: options.asOf }), { figures });
  };
  const { taker, input } = await readEntries({ ...options, reads: readsOf(program) }, begin);
  const { figures, people, first, last, ended, later } = taker;
  const { segments: series, ...time } = figures.sizes.result();
  const { segments: conversions, ...conversion } = figures.conversion.result();
  const dwell = figures.dwell.result();
  const flow = figures.flow.result();
  const segments = ids.map((id, at): SegmentFigures => ({
    id,
    ...wordsOf(definition, id),
    size: figures.overlap.people(at, at),
    ...series[at]!,
    dwell: dwell[at]!,
    conversion: conversions[at]!,
  }));
  const overlap = figures.overlap
    .result(MOST_PAIRS)
    .map(({ a, b, ...rest }) => ({ a: ids[a]!, b: ids[b]!, ...rest }));
  const seconds = (performance.now() - start) / 1_000;
  return {
    definition: program.hash,
    input,
    people,
    first,
    last,
    asOf: ended,
    later,
    seconds,
    time,
    segments,
    overlap,
    conversion,
    ...(flow && { flow }),
    ...(figures.rfm && { rfm: figures.rfm.result() }),
    costs: figures.costs?.result(definition) ?? [],
  };
}

function conversionOf({ conversion = "Order Completed", horizon = "30d" }: BacktestOptions): {
  event: string;
  horizon: number;
} {
  return { event: conversion, horizon: parseDuration(horizon) ?? 30 * DAY };
}

function wordsOf(definition: Definition, id: string): { name?: string; description?: string } {
  const { name, description } = definition.segments[id] as SegmentDefinition;
  return { ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
}
