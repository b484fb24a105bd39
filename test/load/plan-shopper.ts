import type { EventEntry, Json } from "@murmur/core";
import { createHash } from "node:crypto";
import type { SeededRandom } from "./seeded-random.ts";

/** One call on behalf of a shopper, and who makes it. */
export type ShopperCall = { entries: EventEntry[] } & (
  | { by: "tag"; device: string; signedIn: boolean }
  /** The shop's server, or its e-mail provider: both name the customer. */
  | { by: "server" | "mail" }
);

/** Somebody who comes to the shop now and then, on one device or several. */
export interface Shopper {
  name: string;
  /** Of somebody who signs in. */
  customer: string | undefined;
  devices: string[];
  /** In the order in which they leave; what a phone kept while it was offline leaves late. */
  calls: ShopperCall[];
}

interface Session {
  at: number;
  device: string;
  entries: EventEntry[];
  /** Whether the device was offline then: its calls leave after those of the next session. */
  late: boolean;
}

const HOUR = 36e5;
/** How long before now a shopper may have come first, ms. */
const PAST = 72 * HOUR;
const MAX_ENTRIES = 5;
const CATEGORIES = ["running-shoes", "jackets", "packs", "lights"];

/** A shopper's life until `now`, ms: sessions with carts and orders, e-mails opened, late phones, several devices. */
export function planShopper(name: string, random: SeededRandom, now: number): Shopper {
  const customer = random.chance(0.7) ? `customer-${name}` : undefined;
  const devices = Array.from({ length: customer === undefined ? 1 : random.whole(1, 3) }, (_, at) =>
    idOf(`${name} device ${at}`),
  );
  const entry = entriesOf(name);
  const sessions = sessionsOf(devices, entry, random, now);
  const signsInAt = random.whole(0, sessions.length - 1);
  const calls = leaving(sessions).flatMap((session): ShopperCall[] => {
    const signedIn = customer !== undefined && sessions.indexOf(session) >= signsInAt;
    const tag = cut(session.entries, random).map((entries): ShopperCall => ({
      by: "tag",
      device: session.device,
      signedIn,
      entries,
    }));
    return customer === undefined ? tag : [...tag, ...othersSay(session, entry, random)];
  });
  // Whoever signs in does so on every device in the end.
  if (customer !== undefined)
    for (const device of devices) calls.push({ by: "tag", device, signedIn: true, entries: [] });
  return { name, customer, devices, calls };
}

type NewEntry = (name: string, timestamp: number, properties?: Record<string, Json>) => EventEntry;

function entriesOf(shopper: string): NewEntry {
  let count = 0;
  return (name, timestamp, properties = {}) => ({
    type: "event",
    id: idOf(`${shopper} entry ${count++}`),
    name,
    timestamp,
    properties,
  });
}

function idOf(what: string): string {
  return createHash("sha256").update(what).digest("hex").slice(0, 32);
}

function sessionsOf(
  devices: readonly string[],
  entry: NewEntry,
  random: SeededRandom,
  now: number,
): Session[] {
  const instants = Array.from({ length: random.whole(devices.length, devices.length + 3) }, () =>
    random.whole(now - PAST, now - HOUR),
  );
  return instants
    .sort((a, b) => a - b)
    .map((begin, at): Session => {
      let clock = begin;
      const next = (): number => (clock += random.whole(1_000, 120_000));
      const entries = [entry("Page Viewed", clock)];
      for (let views = random.whole(1, 6); views > 0; views--)
        entries.push(entry("Product Viewed", next(), productOf(random)));
      if (random.chance(0.5)) entries.push(entry("Product Added", next(), productOf(random)));
      if (random.chance(0.3))
        entries.push(entry("Order Completed", next(), { total: random.whole(20, 400) }));
      return { at: begin, device: devices[at % devices.length]!, entries, late: random.chance(0.2) };
    });
}

function productOf(random: SeededRandom): Record<string, Json> {
  const category = CATEGORIES[random.whole(0, CATEGORIES.length - 1)]!;
  return { product_id: `p${random.whole(1, 200)}`, category, price: random.whole(5, 300) };
}

/** Sessions in the order in which their calls leave. */
function leaving(sessions: readonly Session[]): Session[] {
  return sessions
    .map((session, at) => ({ session, place: session.late ? at + 1.5 : at }))
    .sort((a, b) => a.place - b.place)
    .map(({ session }) => session);
}

function cut(entries: readonly EventEntry[], random: SeededRandom): EventEntry[][] {
  const calls: EventEntry[][] = [];
  for (let at = 0; at < entries.length;) {
    const size = random.whole(1, MAX_ENTRIES);
    calls.push(entries.slice(at, at + size));
    at += size;
  }
  return calls;
}

/** What the shop's server and its e-mail provider tell of a customer after a session. */
function othersSay({ at }: Session, entry: NewEntry, random: SeededRandom): ShopperCall[] {
  const calls: ShopperCall[] = [];
  if (random.chance(0.3)) calls.push({ by: "server", entries: [entry("Order Completed", at + HOUR / 2)] });
  if (random.chance(0.4)) {
    const opened = entry("Email Opened", at + HOUR / 2);
    const clicked = random.chance(0.5) ? [entry("Email Link Clicked", at + HOUR / 2 + 5_000)] : [];
    calls.push({ by: "mail", entries: [opened, ...clicked] });
  }
  return calls;
}
