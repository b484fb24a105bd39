import type { EventEntry } from "@murmur/core";
import { randomUUID } from "node:crypto";
import { TagDevice } from "../load/tag-device.ts";
import { withTemporaryEdge } from "../load/with-temporary-edge.ts";
import { figure, percentile, type Figures } from "./figures.ts";

const DEVICES = 64;
const AT_ONCE = 8;
const BATCH = 100;
/** How long each kind of request is made, ms. */
const DURATION = 3_000;

/** A kind of request, made over and over by one shopper after the other. */
interface Kind {
  what: string;
  /** Events that one request carries. */
  events: number;
  request(turn: number): Promise<void>;
}

interface Load {
  perSecond: number;
  /** ms */
  p50: number;
  p99: number;
}

/** What the worker carries on this machine, beside the cheapest thing that it can be asked. */
export async function edgeRequests(): Promise<Figures> {
  return withTemporaryEdge(async (edge) => {
    const [floor, ...kinds] = kindsOf(edge);
    const floorLoad = await measure(floor!);
    const rows = [row(floor!, floorLoad, floorLoad)];
    for (const kind of kinds) rows.push(row(kind, await measure(kind), floorLoad));
    return {
      title: "The edge, as `wrangler dev` runs it",
      columns: [
        "request",
        "a second",
        "of the floor",
        "p50, ms",
        "p99, ms",
        "alone p50, ms",
        "alone p99, ms",
        "events a second",
      ],
      rows,
      notes: [
        "`wrangler dev` has a proxy before workerd, and caller and worker share this machine: read the ratios, not the rates",
        `a second, p50 and p99: ${AT_ONCE} requests at once over ${DEVICES} devices; alone: one request after the other`,
      ],
    };
  });
}

function kindsOf(edge: string): Kind[] {
  const devices = Array.from(
    { length: DEVICES },
    () => new TagDevice(edge, randomUUID().replaceAll("-", "")),
  );
  const syncing = (count: number) => async (turn: number) => {
    await devices[turn % DEVICES]!.sync(Array.from({ length: count }, viewed), count === 1 ? ["hero"] : []);
  };
  return [
    {
      what: "GET /v1/manifest (the floor)",
      events: 0,
      async request() {
        await (await fetch(`${edge}/v1/manifest`)).arrayBuffer();
      },
    },
    { what: "POST /v1/sync, 1 event, 1 slot", events: 1, request: syncing(1) },
    { what: `POST /v1/sync, ${BATCH} events`, events: BATCH, request: syncing(BATCH) },
  ];
}

function viewed(): EventEntry {
  const properties = { product_id: "fellrunner-2", category: "running-shoes", brand: "Tarnfell", price: 129 };
  return { type: "event", id: randomUUID(), name: "Product Viewed", timestamp: Date.now(), properties };
}

async function measure(kind: Kind): Promise<{ together: Load; alone: Load }> {
  // Every profile is awake, and its log known to its device, before anything is measured.
  for (let turn = 0; turn < DEVICES; turn++) await kind.request(turn);
  return { together: await run(kind, AT_ONCE), alone: await run(kind, 1) };
}

async function run({ request }: Kind, atOnce: number): Promise<Load> {
  const times: number[] = [];
  let turn = 0;
  const start = performance.now();
  const worker = async (): Promise<void> => {
    for (let begun = start; begun < start + DURATION; begun = performance.now()) {
      await request(turn++);
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - start) / 1_000;
  return { perSecond: times.length / seconds, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

function row(
  { what, events }: Kind,
  { together, alone }: { together: Load; alone: Load },
  floor: { together: Load },
): string[] {
  return [
    what,
    figure(together.perSecond),
    `${figure((100 * together.perSecond) / floor.together.perSecond)} %`,
    ...[together.p50, together.p99, alone.p50, alone.p99].map(figure),
    events === 0 ? "" : figure(together.perSecond * events),
  ];
}
