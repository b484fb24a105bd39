const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 1);
const DAYS = 365;
const CATEGORIES = ["running-shoes", "packs", "shells", "accessories"];

/** Columns of the sample. */
export const SAMPLE_COLUMNS = [
  "profile",
  "timestamp",
  "event",
  "id",
  "product_id",
  "category",
  "price",
  "order_id",
  "total",
];

/** How people shop: how many days lie between two visits, how often one puts in the cart, and how often one then orders. */
const KINDS = [
  { share: 0.15, visits: 9, cart: 0.35, order: 0.7, stays: 1 },
  { share: 0.25, visits: 24, cart: 0.3, order: 0.5, stays: 0.8 },
  { share: 0.35, visits: 40, cart: 0.2, order: 0.35, stays: 0.5 },
  { share: 0.25, visits: 70, cart: 0.05, order: 0.2, stays: 0.25 },
];

/**
 * A year of a small made-up shop, as CSV: the same text for the same seed, at every run. Rows are in order of time. It is
 * there to try things on; nobody in it is anybody.
 */
export function sampleEvents(people = 300, seed = 1): string {
  const random = seededRandom(seed);
  const rows: [at: number, row: string][] = [];
  for (let person = 1; person <= people; person++)
    live(`customer-${String(person).padStart(4, "0")}`, random, rows);
  rows.sort(([a, one], [b, other]) => a - b || (one < other ? -1 : 1));
  return `${[SAMPLE_COLUMNS.join(","), ...rows.map(([, row]) => row)].join("\n")}\n`;
}

/** One person's year. */
function live(profile: string, random: () => number, rows: [number, string][]): void {
  const kind = kindOf(random());
  let number = 0;
  const add = (at: number, event: string, fields: Readonly<Record<string, string>> = {}): void => {
    const whole: Record<string, string> = {
      ...fields,
      profile,
      event,
      timestamp: new Date(at).toISOString(),
      id: `${profile}-${String(++number).padStart(4, "0")}`,
    };
    rows.push([at, SAMPLE_COLUMNS.map((column) => whole[column] ?? "").join(",")]);
  };
  const last = START + DAYS * DAY * (kind.stays >= 1 ? 1 : Math.min(1, kind.stays + random() * 0.5));
  let at = START + Math.floor(random() * DAYS * 0.7 * DAY);
  while (at < last) {
    visit(at, kind, random, add);
    at += Math.floor(-Math.log(1 - random()) * kind.visits * DAY) + DAY / 24;
  }
}

function visit(
  start: number,
  kind: (typeof KINDS)[number],
  random: () => number,
  add: (at: number, event: string, fields?: Readonly<Record<string, string>>) => void,
): void {
  let at = start;
  const later = (): number => (at += Math.floor(10_000 + random() * 240_000));
  add(at, "Page Viewed");
  const category = CATEGORIES[Math.floor(random() * CATEGORIES.length)]!;
  let product = { product_id: "", category, price: "" };
  for (let views = 1 + Math.floor(random() * 5); views > 0; views--) {
    const number = 1 + Math.floor(random() * 12);
    product = { product_id: `${category}-${number}`, category, price: (9.95 + number * 7.5).toFixed(2) };
    add(later(), "Product Viewed", product);
  }
  if (random() >= kind.cart) return;
  add(later(), "Product Added", product);
  if (random() >= 0.8) return;
  add(later(), "Checkout Started");
  if (random() >= kind.order) return;
  const total = (Number(product.price) * (1 + Math.floor(random() * 3))).toFixed(2);
  later();
  add(at, "Order Completed", { order_id: `order-${at}`, total });
  if (random() < 0.04) add(at + 3 * DAY, "Order Refunded", { order_id: `order-${at}`, total });
}

function kindOf(draw: number): (typeof KINDS)[number] {
  let sum = 0;
  return KINDS.find(({ share }) => draw < (sum += share)) ?? KINDS.at(-1)!;
}

/** Mulberry32 (https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32): numbers from 0 to below 1. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
