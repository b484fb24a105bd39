import { percentile, figure, type Figures } from "../figures.ts";
import { HttpCaller } from "./http-caller.ts";
import { SyncingDevice, viewed } from "./syncing-device.ts";
import { withWorkerd } from "./with-workerd.ts";

const PROFILES = 64;
const AT_ONCE = 32;
const BATCH = 100;
/** Of a device's 600 events a minute, so many times a batch. */
const BATCHES_EACH = 5;
/** Each kind takes its turn in each round, so that what else the machine does falls on all of them. */
const ROUNDS = 24;
/** Of one kind in one round, ms. */
const TURN = 200;

/** A kind of request, made over and over by one caller after the other. */
interface Kind {
  what: string;
  /** Events that one request carries. */
  events: number;
  /** Resolves with what it took, ms. */
  request(turn: number): Promise<number>;
}

interface Load {
  requests: number;
  /** ms */
  span: number;
  /** The processor's time of workerd, ms. */
  cpu: number;
  times: number[];
}

/** What the worker carries on plain workerd, beside a worker that does as good as nothing for each request. */
export async function edgeSpeed(): Promise<Figures> {
  return withWorkerd(async ({ murmur, bare, cpuTime }) => {
    const callers = [new HttpCaller(bare, AT_ONCE), new HttpCaller(murmur, AT_ONCE)] as const;
    const kinds = [bareInserts(callers[0]), singles(callers[1]), batches(callers[1])];
    const loads = kinds.map((): Load => ({ requests: 0, span: 0, cpu: 0, times: [] }));
    // The first round warms up.
    for (let round = 0; round <= ROUNDS; round++)
      for (const [at, kind] of kinds.entries()) {
        const before = cpuTime();
        const load = await run(kind);
        load.cpu = cpuTime() - before;
        if (round > 0) add(loads[at]!, load);
      }
    for (const caller of callers) caller.close();
    return {
      title: "The edge on plain workerd",
      columns: [
        "request",
        "a second",
        "of the bare",
        "p50, ms",
        "p99, ms",
        "÷ bare's p99",
        "processor, ms",
        "÷ bare's",
        "events a second",
      ],
      rows: kinds.map((kind, at) => row(kind, loads[at]!, loads[0]!)),
      notes: [
        `${AT_ONCE} requests at once over ${PROFILES} objects, ${ROUNDS} rounds of ${TURN} ms by turns; on disk; caller and workerd share this machine`,
        `bare: a worker and a Durable Object for each caller that inserts the request's body as one row`,
      ],
    };
  });
}

function bareInserts(caller: HttpCaller): Kind {
  return {
    what: "bare worker → Durable Object, one row",
    events: 0,
    request: async (turn) => (await caller.post(`/${turn % PROFILES}`, JSON.stringify(viewed()))).time,
  };
}

function singles(caller: HttpCaller): Kind {
  const devices = Array.from({ length: PROFILES }, () => new SyncingDevice());
  return {
    what: "POST /v1/sync, 1 event, 1 slot",
    events: 1,
    request: async (turn) => (await devices[turn % PROFILES]!.sync(caller, [viewed()], ["hero"])).time,
  };
}

function batches(caller: HttpCaller): Kind {
  const devices: SyncingDevice[] = [];
  return {
    what: `POST /v1/sync, ${BATCH} events`,
    events: BATCH,
    async request(turn) {
      const generation = Math.floor(turn / (PROFILES * BATCHES_EACH));
      const device = (devices[generation * PROFILES + (turn % PROFILES)] ??= new SyncingDevice());
      return (
        await device.sync(
          caller,
          Array.from({ length: BATCH }, () => viewed()),
        )
      ).time;
    },
  };
}

/** Turns go on counting from one round to the next. */
const turns = new WeakMap<Kind, number>();

async function run(kind: Kind): Promise<Load> {
  const times: number[] = [];
  const start = performance.now();
  const worker = async (): Promise<void> => {
    while (performance.now() < start + TURN) {
      const turn = turns.get(kind) ?? 0;
      turns.set(kind, turn + 1);
      times.push(await kind.request(turn));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { requests: times.length, span: performance.now() - start, cpu: 0, times };
}

function add(sum: Load, { requests, span, cpu, times }: Load): void {
  sum.cpu += cpu;
  sum.requests += requests;
  sum.span += span;
  sum.times.push(...times);
}

function perSecond({ requests, span }: Load): number {
  return (1_000 * requests) / span;
}

function row({ what, events }: Kind, load: Load, bare: Load): string[] {
  const p99 = percentile(load.times, 0.99);
  return [
    what,
    figure(perSecond(load)),
    `${figure(perSecond(load) / perSecond(bare))}×`,
    figure(percentile(load.times, 0.5)),
    figure(p99),
    `${figure(p99 / percentile(bare.times, 0.99))}×`,
    figure(load.cpu / load.requests),
    `${figure(load.cpu / load.requests / (bare.cpu / bare.requests))}×`,
    events === 0 ? "" : figure(perSecond(load) * events),
  ];
}
