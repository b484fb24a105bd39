import type { EventEntry, Program, Transition } from "@murmur/core";
import { categoryViews, LIKINGS, likingProgram, WINDOW } from "./category-views.ts";
import { figure, type Figures } from "./figures.ts";
import { MapOfRings } from "./map-of-rings.ts";
import { type Contender, oneMoreEvent } from "./one-more-event.ts";
import { jsonLogicPeer } from "./peers/json-logic.ts";
import { jsonRulesPeer } from "./peers/json-rules.ts";
import { PeerHost } from "./peers/peer-host.ts";
import type { Peer } from "./peers/peer.ts";
import { posthogPeer } from "./peers/posthog.ts";
import { siftPeer } from "./peers/sift.ts";
import { RingBuffers } from "./ring-buffers.ts";

const HISTORIES = [100, 1_000, 10_000];
const ROUNDS = 11;
const PROFILES = { lives: 4, steps: 25 };
/** How many of the events the peers are asked about, too, when it is held whether all do the same job. */
const ASKED = 50;

/** What one more event costs, all memberships up to date, beside code that can do nothing else and beside peers. */
export async function eventCost(): Promise<Figures> {
  const program = likingProgram();
  const peers = [
    siftPeer(LIKINGS),
    jsonLogicPeer(LIKINGS),
    jsonRulesPeer(LIKINGS),
    await posthogPeer(LIKINGS),
  ];
  try {
    await assertAgreement(program, peers);
    const contenders = [engine(program), ...BY_HAND.map(byHand), ...peers.map(hosted)];
    const costs = await oneMoreEvent(contenders, categoryViews, HISTORIES, ROUNDS);
    const rows = contenders.map(({ name }) => row(name, costs));
    return {
      title: "One more event, 1,000 segments over 1,000 categories",
      columns: [
        "history",
        ...HISTORIES.map((history) => `${figure(history)}, µs`),
        ...HISTORIES.map((history) => `÷ engine at ${figure(history)}`),
        "10,000 ÷ 100",
      ],
      rows,
      notes: [
        "each segment: count(Product Viewed, category = c) within 7d > 3; views over 14 days, some categories far dearer than others",
        "by hand: a ring of four instants a category and a heap of who leaves next, the same transitions, nothing else; a map of rings makes each when its category is first seen, columns have all laid out before the first event",
        ...BY_HAND.map(({ name }) => `engine ÷ ${name}: ${overHand(costs, name)}`),
        "the peers know no windows: their host counts the events of 7 days anew, then asks 1,000 compiled conditions; all answers equal the engine's",
        bestPeer(costs, peers),
      ],
    };
  } finally {
    for (const peer of peers) await peer.close?.();
  }
}

function engine(program: Program): Contender<EventEntry> {
  return {
    name: "engine",
    ...PROFILES,
    begin() {
      const profile = program.profile();
      const record = (event: EventEntry) => profile.record(event);
      return { remember: record, record };
    },
  };
}

/** Written for this job alone, in two ways. */
const BY_HAND = [
  { name: "by hand, a map of rings", Rings: MapOfRings },
  { name: "by hand, columns", Rings: RingBuffers },
];

function byHand({ name, Rings }: (typeof BY_HAND)[number]): Contender<EventEntry> {
  return {
    name,
    ...PROFILES,
    begin() {
      const rings = new Rings(LIKINGS.categories, LIKINGS.segments);
      const record = (event: EventEntry) => view(rings, event);
      return { remember: record, record };
    },
  };
}

function hosted(peer: Peer): Contender<EventEntry> {
  return { name: peer.name, lives: 1, steps: 5, begin: () => new PeerHost(peer, LIKINGS.categories, WINDOW) };
}

function overHand(costs: Costs, name: string): string {
  const ratios = costs.get("engine")!.map((cost, at) => cost / costs.get(name)![at]!);
  return ratios.map((ratio) => `${figure(ratio)}×`).join(", ");
}

function view(rings: RingBuffers | MapOfRings, event: EventEntry): Transition[] {
  return rings.view(event.properties?.["category"] as string, event.timestamp);
}

type Costs = ReadonlyMap<string, readonly number[]>;

function row(name: string, costs: Costs): string[] {
  const own = costs.get(name)!;
  const ratios = own.map((cost, at) => cost / costs.get("engine")![at]!);
  return [
    name,
    ...own.map(figure),
    ...[...ratios, own.at(-1)! / own[0]!].map((ratio) => `${figure(ratio)}×`),
  ];
}

function bestPeer(costs: Costs, peers: readonly Peer[]): string {
  const last = (name: string) => costs.get(name)!.at(-1)!;
  const [best] = peers.map(({ name }) => name).toSorted((a, b) => last(a) - last(b));
  const ratio = last(best!) / last("engine");
  return `the best peer at the longest history is ${best!}: ${figure(ratio)} times the engine's cost (to be 300 or more)`;
}

/** What does not do the same job is no yardstick. */
async function assertAgreement(program: Program, peers: readonly Peer[]): Promise<void> {
  const profile = program.profile();
  const hands = BY_HAND.map(({ Rings }) => new Rings(LIKINGS.categories, LIKINGS.segments));
  const hosts = peers.map((peer) => ({ peer, host: new PeerHost(peer, LIKINGS.categories, WINDOW) }));
  const length = HISTORIES.at(-1)!;
  const views = categoryViews(0, length);
  for (let at = 1; at <= length; at++) {
    const event = views.next().value;
    const own = profile.record(event);
    for (const hand of hands.map((rings) => view(rings, event)))
      if (JSON.stringify(own) !== JSON.stringify(hand))
        throw new Error(`engine and rings differ: ${JSON.stringify({ event, own, hand })}`);
    const isAsked = at % (length / ASKED) === 0;
    for (const { peer, host } of hosts) {
      if (isAsked) assertMembers(peer.name, await host.record(event), profile.segments());
      else host.remember(event);
    }
  }
  for (const rings of hands) assertMembers("rings", rings.segments(), profile.segments());
}

function assertMembers(name: string, own: readonly string[], engine: readonly string[]): void {
  if (own.toSorted().join() !== engine.join())
    throw new Error(`the memberships of ${name} differ from the engine's`);
}
