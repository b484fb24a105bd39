import type { Browser, Page } from "playwright-core";

/** What of a trace is read: tasks, scripts, marks. What is not recorded costs the page nothing. */
const CATEGORIES = ["blink.user_timing", "devtools.timeline", "disabled-by-default-devtools.timeline"];
/** A longer task is a long one (https://w3c.github.io/longtasks/), ms. */
const LONG = 50;

interface TraceEvent {
  name: string;
  cat: string;
  pid: number;
  tid: number;
  /** By the clock, µs. */
  ts: number;
  dur?: number;
  /** By its thread's own time, µs. */
  tts: number;
  tdur?: number;
  args?: { data?: { url?: string } };
}

type Task = TraceEvent & Required<Pick<TraceEvent, "dur" | "tdur">>;

/**
 * What a page's main thread did, ms of the processor's: what the thread waits while others have the processor is not the
 * page's doing. A processor that is slowed down takes its time by spinning, so that counts.
 */
export interface MainThread {
  /** From the beginning of the script, compilation included, to the point where its own code starts it. */
  evaluation: number;
  /** From there to the end of its task, and whatever its microtasks do. */
  init: number;
  /** What further tasks that run script need until the page has its answers. */
  later: number;
  /** All tasks of the page's time. */
  total: number;
  /** How many of them are long. */
  long: number;
}

/** Traces what `work` does to a page, which has to last for `span` ms. */
export async function traced(
  browser: Browser,
  page: Page,
  span: number,
  work: () => Promise<void>,
): Promise<MainThread> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await work();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return read(trace.traceEvents, span);
}

function read(events: readonly TraceEvent[], span: number): MainThread {
  const marks = new Map(
    events.filter(({ cat }) => cat.includes("blink.user_timing")).map((event) => [event.name, event]),
  );
  const begin = marks.get("page");
  if (!begin) throw new Error("the page left no mark in its trace");
  const own = events.filter(({ pid, tid }) => pid === begin.pid && tid === begin.tid);
  const tasks = own.filter((event): event is Task => event.name === "RunTask" && event.tdur !== undefined);
  const end = begin.ts + span * 1_000;
  const durations = tasks.filter(({ ts }) => ts > begin.ts && ts < end).map(({ tdur }) => tdur / 1_000);
  return {
    ...phases(own, tasks, marks),
    total: sum(durations),
    long: durations.filter((duration) => duration > LONG).length,
  };
}

/** What the script took to be there, to start, and to have its answers. Nothing of it where there is no script. */
function phases(
  events: readonly TraceEvent[],
  tasks: readonly Task[],
  marks: ReadonlyMap<string, TraceEvent>,
): Pick<MainThread, "evaluation" | "init" | "later"> {
  const script = events.find(
    ({ name, args }) => name === "EvaluateScript" && args?.data?.url?.includes("/script/"),
  );
  if (!script) return { evaluation: 0, init: 0, later: 0 };
  const task = tasks.find((each) => holds(each, script));
  const [evaluated, ready] = [marks.get("evaluated"), marks.get("ready")];
  if (!task || !evaluated || !ready) throw new Error("the script did not start, or has no answers");
  // A compilation may stand before the evaluation, in the same task.
  const compiled = events.find((each) => each.name === "v8.compile" && holds(task, each));
  const started = Math.min(script.tts, compiled?.tts ?? Infinity);
  const later = tasks
    .filter(({ ts }) => ts > task.ts && ts < ready.ts)
    .filter((each) => events.some((event) => SCRIPT.has(event.name) && holds(each, event)))
    .map((each) => Math.min(each.tdur, ready.tts - each.tts));
  return {
    evaluation: (evaluated.tts - started) / 1_000,
    init: (task.tts + task.tdur - evaluated.tts) / 1_000,
    later: sum(later) / 1_000,
  };
}

/** What of a task's events tells that it runs script. */
const SCRIPT: ReadonlySet<string> = new Set([
  "EvaluateScript",
  "FunctionCall",
  "RunMicrotasks",
  "EventDispatch",
  "TimerFire",
  "FireIdleCallback",
]);

function holds({ ts, dur }: Task, event: TraceEvent): boolean {
  return ts <= event.ts && event.ts < ts + dur;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
