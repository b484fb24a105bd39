import { dryRun, type Entry, type JourneyEffect } from "@murmur/core";
import { randomBytes, randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startDurableQueue, type DurableQueue } from "../kit/durable-queue.ts";
import { startKillableEdge, type KillableEdge } from "../kit/killable-edge.ts";
import { API_KEY } from "../kit/mail-providers/api-key.ts";
import { startMailProviders, type MailProviders } from "../kit/mail-providers/mail-providers.ts";
import type { Planned } from "../kit/mail-providers/provider-api.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../kit/webhook-receiver.ts";
import { eachOf } from "../load/each-of.ts";
import { seededRandom } from "../load/seeded-random.ts";
import definition from "./fast-cart-rescue.config.ts";

/** A thousand, as a shop would have them: CUSTOMERS=1000 vitest run --project whole test/faults/edge-killed-in-journeys.test.ts */
const CUSTOMERS = Number(process.env["CUSTOMERS"] ?? 100);
/** `SEED=… vitest run` brings back the customers, the pauses and the provider's faults of a run that failed. */
const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
const KILLS = 6;
/** More, the more customers there are to be served; ms. */
const TIMEOUT = 180_000 + CUSTOMERS * 500;
/** When the e-mail is due after the cart, and the webhook after that: what the definition says, ms. */
const MAIL_AFTER = 4_000;
const WEBHOOK_AFTER = MAIL_AFTER + 6_000;
/** A wait of ten seconds between two tries is a tenth of one. */
const SPEED = 100;

interface Customer {
  device: string;
  log: Entry[];
  /** When the order was acknowledged, ms; Infinity for who never orders. */
  ordered: number;
}

/** A message as it came to whom it is for: once for each key that it was taken under. */
interface Arrived {
  key: string;
  device: string;
  kind: "send" | "webhook";
  /** When it first came, ms. */
  at: number;
}

const random = seededRandom(seed);
let providers: MailProviders;
let receiver: WebhookReceiver;
let queue: DurableQueue;
let edge: KillableEdge;

beforeAll(async () => {
  providers = await startMailProviders();
  // One in six of the provider's answers is no answer, or says that it is busy or broken.
  const faults: Planned[] = [429, 500, "lost"];
  const planned = Array.from({ length: CUSTOMERS * 2 }, () => faults[random.whole(0, 17)] ?? "right");
  providers.plan("faults", "resend", planned);
  receiver = await startWebhookReceiver(() => random.whole(0, 9) === 0);
  queue = await startDurableQueue({ consumer: () => edge.consumer, speed: SPEED });
  const settings = {
    TRUST_DEVICE_EMAIL: "1",
    EMAIL_PROVIDER: "resend",
    EMAIL_FROM: "Tarnfell <shop@tarnfell.example>",
    EMAIL_API_KEY: API_KEY,
    EMAIL_API_URL: `${providers.url}/faults/resend`,
    WEBHOOK_SECRET: `whsec_${randomBytes(24).toString("base64")}`,
    WEBHOOK_RECEIVERS: JSON.stringify({ "ads-audience": receiver.url }),
  };
  edge = await startKillableEdge("test/faults/fast-cart-rescue.config.ts", settings, queue.address);
});

afterAll(async () => {
  await queue?.close();
  await edge?.close();
  await receiver?.close();
  await providers?.close();
});

/** Delivers entries until they are acknowledged, each try with the same ids. */
async function deliver({ device, log }: Customer, entries: readonly Entry[]): Promise<void> {
  log.push(...entries);
  for (;;) {
    const body = JSON.stringify({ device, sentAt: Date.now(), entries });
    const answer = await fetch(`${edge.url}/v1/sync`, { method: "POST", body }).catch(() => undefined);
    if (answer?.ok) {
      // Instants as the edge has them: a call that waited for long may have been shifted.
      const { timestamps } = (await answer.json()) as { timestamps: Record<string, number> };
      for (const entry of entries) entry.timestamp = timestamps[entry.id] ?? entry.timestamp;
      return;
    }
    await sleep(25);
  }
}

const event = (name: string): Entry => ({ type: "event", id: randomUUID(), name, timestamp: Date.now() });

/** One in three orders before the mail is due, one in three after it. */
async function live(customer: Customer, kind: number): Promise<void> {
  const { device } = customer;
  const traits = { email: `${device}@shop.example` };
  const named: Entry = { type: "identify", id: randomUUID(), timestamp: Date.now(), traits };
  await deliver(customer, [named, event("Product Added")]);
  if (kind === 0) return;
  await sleep(kind === 1 ? 1_000 : MAIL_AFTER + 2_500);
  await deliver(customer, [event("Order Completed")]);
  customer.ordered = Date.now();
}

/** What has come to the provider and to the receiver, and was taken there. */
function arrivals(): Arrived[] {
  const mails = providers
    .arrived("faults", "resend")
    .filter(({ message }) => message !== undefined)
    .map(({ headers, body, at }): Arrived => {
      const { to } = JSON.parse(body) as { to: string[] };
      return { key: headers["idempotency-key"]!, device: to[0]!.split("@")[0]!, kind: "send", at };
    });
  const webhooks = receiver.arrived.map(({ key, anonymousId, at }): Arrived => ({
    key,
    device: anonymousId!,
    kind: "webhook",
    at,
  }));
  // What came again under its key is the same.
  return [...new Map([...mails, ...webhooks].reverse().map((each) => [each.key, each])).values()];
}

/** How many effects are still in the profiles' outboxes: as they lie on disk. */
async function leftOnDisk(): Promise<number> {
  const folder = join(edge.objects, "Profile");
  let left = 0;
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".sqlite") || name === "metadata.sqlite") continue;
    const database = new DatabaseSync(join(folder, name));
    const row = database.prepare("SELECT count(*) AS n FROM outbox WHERE effect IS NOT NULL").get();
    database.close();
    left += (row as { n: number }).n;
  }
  return left;
}

/** What a customer's journey would have sent, had they bought nothing; and what it sends as it is. */
function expected({ device, log }: Customer): { unbought: JourneyEffect[]; all: JourneyEffect[] } {
  const later = Date.now() + 864e5;
  const carts = log.filter((entry) => entry.type !== "event" || entry.name !== "Order Completed");
  const [[unbought], [all]] = [carts, log].map((entries) =>
    dryRun(definition, [[`device:${device}`, entries]], later),
  ) as [ReturnType<typeof dryRun>, ReturnType<typeof dryRun>];
  return { unbought: unbought!.effects, all: all!.effects };
}

/** What is wrong with what a customer got; nothing where it is as it should be. */
function wrongWith(customer: Customer, found: readonly Arrived[]): string | undefined {
  const { unbought, all } = expected(customer);
  const due = new Map(unbought.map(({ key, dueAt, action }) => [key, { dueAt, kind: action.kind }]));
  const keys = found.map(({ key }) => key);
  for (const { key, kind, at } of found) {
    // A key is made of profile, journey, the instant at which the run began, and the step.
    if (due.get(key)?.kind !== kind) return `a ${kind} under a key that no message has`;
    if (at < due.get(key)!.dueAt) return `a ${kind} before its instant`;
  }
  const added = customer.log.find((entry) => entry.type === "event")!.timestamp;
  if (customer.ordered === Infinity)
    return keys.toSorted().join() ===
      all
        .map(({ key }) => key)
        .toSorted()
        .join()
      ? undefined
      : "not each message";
  // Whose order came late may have been written to before.
  if (customer.ordered < added + MAIL_AFTER && keys.length > 0) return "written to, though they had bought";
  const isLate = customer.ordered >= added + WEBHOOK_AFTER;
  return !isLate && found.some(({ kind }) => kind === "webhook")
    ? "in the ads, though they had bought"
    : undefined;
}

/** Kills the edge again and again, at random. */
async function killing(): Promise<number> {
  let kills = 0;
  for (; kills < KILLS; kills++) {
    await sleep(random.whole(500, 2_000));
    await edge.kill();
    await edge.start();
  }
  return kills;
}

test(
  `killed at random while ${CUSTOMERS} customers go through cart rescue, each message is brought once, at its instant (SEED=${seed})`,
  { timeout: TIMEOUT },
  async () => {
    const begun = Date.now();
    const customers = Array.from({ length: CUSTOMERS }, (): Customer => ({
      device: randomUUID().replaceAll("-", ""),
      log: [],
      ordered: Infinity,
    }));
    const killed = killing();
    await eachOf(customers, CUSTOMERS, (customer) => live(customer, customers.indexOf(customer) % 3));
    const kills = await killed;
    const abandoned = new Set(
      customers.filter(({ ordered }) => ordered === Infinity).map(({ device }) => device),
    );
    // Until the last of them is through, and nothing waits any more.
    await expect
      .poll(() => [arrivals().filter(({ device }) => abandoned.has(device)).length, queue.waiting()], {
        timeout: TIMEOUT - 60_000,
        interval: 500,
      })
      .toEqual([2 * abandoned.size, 0]);
    // What should not come would have had the time.
    const last = Math.max(...customers.map(({ log }) => log.at(-1)!.timestamp));
    await sleep(Math.max(0, last + WEBHOOK_AFTER + 2_000 - Date.now()));
    await edge.kill();
    const arrived = arrivals();
    const wrong = customers.flatMap((customer) => {
      const got = arrived.filter(({ device }) => device === customer.device);
      const why = wrongWith(customer, got);
      return why === undefined ? [] : [{ why, ...customer, got }];
    });
    expect(wrong).toEqual([]);
    expect(await leftOnDisk()).toBe(0);
    // It was put to the test.
    const calls = providers.arrived("faults", "resend");
    const messages = new Set(calls.flatMap(({ message }) => message ?? []));
    expect(kills).toBe(KILLS);
    expect(calls.length).toBeGreaterThan(messages.size);
    expect(messages.size).toBeGreaterThanOrEqual(abandoned.size);
    const took = Math.round((Date.now() - begun) / 1_000);
    process.stdout.write(
      `${CUSTOMERS} customers, ${kills} kills: ${messages.size} e-mails in ${calls.length} calls, ${queue.again()} brought again, ${took} s\n`,
    );
  },
);
