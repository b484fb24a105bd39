import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { figure, percentile, type Figures } from "../figures.ts";
import { HttpCaller } from "./http-caller.ts";
import { shopPage } from "./shop-page.ts";
import { SyncingDevice, viewed } from "./syncing-device.ts";
import { withWorkerd, type RunningWorkerd } from "./with-workerd.ts";

const BYTES = 100_000;
const PROFILES = 64;
const AT_ONCE = 8;
/** Each kind takes its turn in each round, so that what else the machine does falls on all of them. */
const ROUNDS = 16;
/** Of one kind in one round, ms. */
const TURN = 250;
/** How often the first byte is waited for with nothing else to do. */
const ALONE = 300;

const BEGINS_ANEW = "/begins-anew";
const ENDS_ANEW = "/ends-anew";

const FILLED = "Find the shoe that fits your stride";

/** Who asks for the page, as their request's cookies say. */
interface Kind {
  who: string;
  caller: HttpCaller;
  path: (turn: number) => string;
  cookie: (turn: number) => string;
  /** Whether their page has the slots of their own. */
  filled: boolean;
}

interface Load {
  requests: number;
  /** ms */
  span: number;
  /** The processor's time of workerd, ms. */
  cpu: number;
  /** Until the first byte, with one request at a time, ms. */
  firsts: number[];
}

/** What it costs to show visitors their own slots in a page of 100 KB, beside the same worker that passes it on, and bare ones. */
export async function edgeRewrite(): Promise<Figures> {
  const page = shopPage(BYTES);
  // Made before: to make one is not what is measured.
  const turns = Array.from({ length: PROFILES }, (_, turn) => turn);
  const others: Readonly<Record<string, string[]>> = {
    [BEGINS_ANEW]: turns.map((turn) =>
      page.replace("<title>", `<meta name="turn" content="${turn}"><title>`),
    ),
    [ENDS_ANEW]: turns.map((turn) => `${page}<!-- ${turn} -->`),
  };
  let asked = 0;
  const shop = createServer(({ url = "" }, response) => {
    response
      .writeHead(200, { "content-type": "text/html; charset=utf-8" })
      .end(others[url]?.[asked++ % PROFILES] ?? page);
  });
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
  const origin = `127.0.0.1:${(shop.address() as AddressInfo).port}`;
  try {
    return await withWorkerd((workerd) => measure(workerd), { origin, vars: { CONSENT: "opt-out" } });
  } finally {
    shop.closeAllConnections();
    shop.close();
  }
}

async function measure({ murmur, bare, cpuTime }: RunningWorkerd): Promise<Figures> {
  const callers = [new HttpCaller(murmur, AT_ONCE), new HttpCaller(bare, AT_ONCE)] as const;
  const kinds = [...(await murmurKinds(callers[0])), ...bareKinds(callers[1])];
  const loads = kinds.map((): Load => ({ requests: 0, span: 0, cpu: 0, firsts: [] }));
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round++)
    for (const [at, kind] of kinds.entries()) {
      const load = await run(kind, cpuTime);
      if (round > 0) add(loads[at]!, load);
    }
  for (let turn = 0; turn < ALONE; turn++)
    for (const [at, kind] of kinds.entries()) loads[at]!.firsts.push((await ask(kind, turn)).first);
  for (const caller of callers) caller.close();
  return {
    title: `A page of ${figure(BYTES / 1_000)} KB through the worker`,
    columns: [
      "visitor",
      "a second",
      "÷ passed on",
      "processor, ms",
      "÷ passed on",
      "first byte p50, ms",
      "more",
      "p90, ms",
      "more",
    ],
    rows: kinds.map(({ who }, at) => row(who, loads[at]!, loads[0]!)),
    notes: [
      `${AT_ONCE} requests at once, for the first byte one; the origin and the callers share the machine with workerd`,
      "a profile's object is asked for each page of who is known: that is in the figures",
    ],
  };
}

async function murmurKinds(caller: HttpCaller): Promise<Kind[]> {
  const [runners, strangers] = [await devices(caller, 4), await devices(caller, 1)];
  const cookie = (list: readonly string[]) => (turn: number) => `murmur_murmur=${list[turn % list.length]}`;
  const path = (): string => "/";
  const known = { caller, path, cookie: cookie(runners), filled: true };
  return [
    { who: "passed on: no consent", caller, path, cookie: () => "murmur-consent=0--", filled: false },
    { who: "first visit: an id is made", caller, path, cookie: () => "", filled: false },
    { who: "known, nothing to show", caller, path, cookie: cookie(strangers), filled: false },
    { ...known, who: "known, slots rewritten" },
    { ...known, who: "… the page ends differently each time", path: () => ENDS_ANEW },
    { ...known, who: "… it begins differently each time", path: () => BEGINS_ANEW },
  ];
}

/** What the platform alone takes for what is done with a page: nothing of Murmur is in these. */
function bareKinds(caller: HttpCaller): Kind[] {
  const kind = (who: string, how: string): Kind => ({
    who: `bare: ${who}`,
    caller,
    path: (turn) => `/page?${how.replace("ask", `ask=${turn % PROFILES}`)}`,
    cookie: () => "",
    filled: false,
  });
  return [
    kind("passed on", ""),
    kind("an object asked", "ask"),
    kind("HTMLRewriter, one selector", "read"),
    kind("both", "ask&read"),
    kind("through JavaScript", "script"),
    kind("an object asked, and that", "ask&script"),
  ];
}

/** Devices that have looked at so many running shoes: of whom there is a profile, and more than three, something to show. */
async function devices(caller: HttpCaller, views: number): Promise<string[]> {
  const all = Array.from({ length: PROFILES }, () => new SyncingDevice());
  for (const device of all)
    await device.sync(
      caller,
      Array.from({ length: views }, () => viewed()),
    );
  return all.map(({ id }) => id);
}

async function ask({ caller, path, cookie, filled }: Kind, turn: number): Promise<{ first: number }> {
  const called = await caller.get(path(turn), {
    accept: "text/html",
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    cookie: cookie(turn),
  });
  if (called.text.includes(FILLED) !== filled)
    throw new Error(`the page is not as it should be: ${called.text.slice(0, 500)}`);
  return called;
}

async function run(kind: Kind, cpuTime: () => number): Promise<Load> {
  const [start, before] = [performance.now(), cpuTime()];
  let requests = 0;
  const visitor = async (): Promise<void> => {
    while (performance.now() < start + TURN) await ask(kind, requests++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, visitor));
  return { requests, span: performance.now() - start, cpu: cpuTime() - before, firsts: [] };
}

function add(sum: Load, { requests, span, cpu }: Load): void {
  sum.requests += requests;
  sum.span += span;
  sum.cpu += cpu;
}

function row(who: string, load: Load, passed: Load): string[] {
  const perSecond = ({ requests, span }: Load): number => (1_000 * requests) / span;
  const processor = ({ requests, cpu }: Load): number => cpu / requests;
  const first = (share: number): string[] => {
    const [own, bare] = [percentile(load.firsts, share), percentile(passed.firsts, share)];
    return [figure(own), figure(own - bare)];
  };
  return [
    who,
    figure(perSecond(load)),
    `${figure(perSecond(load) / perSecond(passed))}×`,
    figure(processor(load)),
    `${figure(processor(load) / processor(passed))}×`,
    ...first(0.5),
    ...first(0.9),
  ];
}
