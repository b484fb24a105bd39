import { compile, decide, type Condition, type Definition, type Profile, type Program } from "@murmur/core";
import { figure, medianOf, timed, type Figures } from "./figures.ts";

const SLOTS = 50;
const VARIANTS = 10;
const DECISIONS = 200;
const ROUNDS = 15;
const START = 1_700_000_000_000;

/** A shop with many slots: no variant before the last is true, and every text has a value in it. */
function shop({ capped = false, experiments = false, context = false }: Kind): Definition {
  const names = Array.from({ length: SLOTS }, (_none, at) => `slot-${at}`);
  const conditions = Array.from({ length: VARIANTS }, (_none, at): Condition => ({
    count: { event: "Product Viewed", where: { category: `category-${at}` } },
    within: "7d",
    gt: at === VARIANTS - 1 ? 3 : 1_000 + at,
  }));
  return {
    segments: {},
    measures: { top: { favorite: "category", of: "Product Viewed" } },
    slots: Object.fromEntries(
      names.map((name) => [
        name,
        {
          variants: conditions.map((when, at) => ({
            id: `variant-${at}`,
            when: context ? { all: [when, { context: { device: "mobile" } }] } : when,
            content: {
              title: "Hello {{ traits.firstName | there }}",
              text: "New in {{ measures.top }}",
              href: "/search?q={{ measures.top }}",
            },
          })),
          ...(capped && { cap: { variant: `variant-${VARIANTS - 1}`, max: 100, within: "7d" as const } }),
        },
      ]),
    ),
    ...(experiments && {
      experiments: Object.fromEntries(
        names.map((slot) => [
          `on ${slot}`,
          { slot, variants: [{ id: "control" }, { id: "bold", content: { title: "Bold" } }], holdout: 0.05 },
        ]),
      ),
    }),
  };
}

interface Kind {
  capped?: boolean;
  experiments?: boolean;
  context?: boolean;
}

function shopper(program: Program): Profile {
  const profile = program.profile();
  for (let at = 0; at < 1_000; at++)
    profile.record({
      id: String(at),
      name: "Product Viewed",
      timestamp: START + at * 60_000,
      properties: { category: `category-${at % VARIANTS}` },
    });
  profile.identify({ id: "traits", timestamp: START, traits: { firstName: "Ada" } });
  return profile;
}

/** What it costs to decide every slot of a page. */
export function slots(): Figures {
  const kinds: [string, Kind][] = [
    ["variants", {}],
    ["with a cap each", { capped: true }],
    ["with an experiment each", { experiments: true }],
    ["for a visit", { context: true }],
    ["all of it", { capped: true, experiments: true, context: true }],
  ];
  const visit = { device: "mobile", timezone: "Europe/Berlin" };
  const rows = kinds.map(([name, kind]) => {
    const program = compile(shop(kind));
    const profile = shopper(program);
    const options = { unit: "device-1", ...(kind.context && { context: visit }) };
    if (Object.keys(decide(program, profile, options)).length !== SLOTS)
      throw new Error("every slot shows something");
    const ms = medianOf(ROUNDS, () =>
      timed(() => {
        for (let at = 0; at < DECISIONS; at++) decide(program, profile, options);
      }),
    );
    const each = (ms / DECISIONS) * 1_000;
    return [name, figure(each), figure(each / SLOTS)];
  });
  return {
    title: `Deciding ${SLOTS} slots with ${VARIANTS} variants each, the last one wins`,
    columns: ["", "µs for all", "µs a slot"],
    rows,
    notes: ["three texts with a value each in what is shown; of 1,000 events"],
  };
}
