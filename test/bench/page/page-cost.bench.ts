import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { launchChromium } from "../../kit/browser.ts";
import { figure, type Figures, median } from "../figures.ts";
import { type Candidate, candidates } from "./candidates.ts";
import { type Conditions, loadPage, type PageLoad } from "./page-load.ts";
import { type PageServer, startPageServer } from "./page-server.ts";

/** More of them scatter less; three take two minutes. */
const ROUNDS = Number(process.env["MURMUR_ROUNDS"] ?? 3);
const SLOWED: Conditions = { slowDown: 4, span: 2_000 };
/** By then all of them have done what they do; and where others want the processor, too, it is the steadier one. */
const FULL_SPEED: Conditions = { slowDown: 1, span: 600 };

/** What a candidate costs, ms: the medians of its loads. */
interface Cost {
  candidate: Candidate;
  evaluation: number;
  init: number;
  later: number;
  /** All tasks, less those of the empty page. */
  total: number;
  long: number;
  call: number;
  yields: number;
}

/** What Murmur and its peers take of the main thread of an otherwise empty page. */
export async function pageCost(): Promise<Figures> {
  const all = await candidates();
  const server = await startPageServer(all);
  const browser = await launchChromium();
  try {
    const slowed = await inTurn(browser, server, all, SLOWED);
    const fullSpeed = await inTurn(browser, server, all, FULL_SPEED);
    return figures(slowed, fullSpeed, [...server.unanswered]);
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Loads all pages in turn, and again: what disturbs the machine for a while disturbs them all. */
async function inTurn(
  browser: Browser,
  server: PageServer,
  all: readonly Candidate[],
  conditions: Conditions,
): Promise<Cost[]> {
  const rounds: PageLoad[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const loads: PageLoad[] = [];
    for (const candidate of all) loads.push(await loadPage(browser, server, candidate, conditions));
    rounds.push(loads);
  }
  return all.map((candidate, at) => {
    const own = rounds.map((loads) => loads[at]!);
    return cost(
      candidate,
      own,
      rounds.map(([empty]) => empty!),
    );
  });
}

function cost(candidate: Candidate, loads: readonly PageLoad[], empty: readonly PageLoad[]): Cost {
  const of = (read: (load: PageLoad) => number) => median(loads.map(read));
  const floor = candidate.script === undefined ? 0 : median(empty.map(({ total }) => total));
  return {
    candidate,
    evaluation: of(({ evaluation }) => evaluation),
    init: of(({ init }) => init),
    later: of(({ later }) => later),
    total: of(({ total }) => total) - floor,
    long: of(({ long }) => long),
    call: of(({ recording }) => recording?.call ?? NaN),
    yields: of(({ recording }) => recording?.yields ?? NaN),
  };
}

function figures(
  slowed: readonly Cost[],
  fullSpeed: readonly Cost[],
  unanswered: readonly string[],
): Figures {
  return {
    title:
      "A script on an otherwise empty page, first visit: Chromium slowed down 4 times, and at full speed",
    columns: [
      "main thread, ms",
      "bytes, gzip",
      "evaluation",
      "+ init",
      "÷ murmur",
      "+ to answers",
      "÷ murmur",
      "all tasks",
      "÷ murmur",
      "long tasks",
      "one event",
      "till it yields",
    ],
    rows: [
      ...slowed.map((own) => row(`4×: ${own.candidate.name}`, own, slowed)),
      ...fullSpeed.map((own) => row(`1×: ${own.candidate.name}`, own, fullSpeed)),
    ],
    notes: [
      "to be, at 4×: evaluation + init a third of growthbook's or less, tasks half of its tasks or less, no long task, 1 ms or less till an event yields",
      "the processor's time of the page's main thread; medians of rounds in which all take turns, each in a new browser context",
      "evaluation: of the script, compiled as it goes; + init: to the end of the same task; + to answers: and later script, until 50 segments or features are evaluated, or the peer's settings or flags are here",
      `all tasks: of ${SLOWED.span / 1_000} s, or of ${FULL_SPEED.span / 1_000} s at full speed, but as much as the empty page has; 20 events one by one: the call alone, and with its microtasks, by the clock`,
      "there already: the file alone, compiled and evaluated, and not started; the browser's part: what a start asks of the browser, each call once",
      "bare: what any tag takes that keeps an event on disk, delivers it and asks for its definition, with no engine and nothing around it",
      "the peers in real use, bundled with esbuild; in analytics-next's bytes is what it may load later",
      ...(unanswered.length > 0 ? [`not answered: ${unanswered.join(", ")}`] : []),
    ],
  };
}

function row(name: string, own: Cost, all: readonly Cost[]): string[] {
  const murmur = all.find(({ candidate }) => candidate.name === "murmur")!;
  const { script } = own.candidate;
  if (script === undefined) {
    return [name, "0", "", "", "", "", "", figure(own.total), "", figure(own.long), "", ""];
  }
  return [
    name,
    figure(gzipSync(script, { level: 9 }).length),
    figure(own.evaluation),
    figure(started(own)),
    ratio(started(own) / started(murmur)),
    figure(answered(own)),
    ratio(answered(own) / answered(murmur)),
    figure(own.total),
    ratio(own.total / murmur.total),
    figure(own.long),
    ...[own.call, own.yields].map((time) => (Number.isNaN(time) ? "" : figure(time))),
  ];
}

function started({ evaluation, init }: Cost): number {
  return evaluation + init;
}

function answered(cost: Cost): number {
  return started(cost) + cost.later;
}

function ratio(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)}×`;
}
