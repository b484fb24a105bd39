import { env, runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AudienceEvent } from "../src/webhooks/audience-event.ts";
import { newDevice, post, sync, token, viewed } from "./kit/call.ts";
import { callsOf, consume } from "./kit/queue-call.ts";
import { profileOf, storedIn } from "./kit/stored.ts";

// What becomes of webhooks that wait: of those that say how something ended, and of those that nobody ever takes.

const YES = { analytics: true, personalization: true, marketing: true };
const SHOES = "running-shoe-intent";
const shoes = () => Array.from({ length: 4 }, () => viewed());

/** What has arrived at the shop's receiver, and how it answers. */
let arrived: AudienceEvent[];
let status: number;

beforeEach(() => {
  [arrived, status] = [[], 204];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    arrived.push(await new Request(url, init).json());
    return new Response(null, { status });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const said = (): string[] => arrived.map(({ event, properties }) => `${event} ${properties.audience_key}`);

test.each([
  ["marketing is withdrawn", { consent: { ...YES, marketing: false } }],
  ["analytics is withdrawn", { consent: { ...YES, analytics: false } }],
  ["the device joins a customer", {}],
])("an exit that waits when %s is sent all the same", async (_case, call) => {
  const device = newDevice();
  const stub = profileOf("device", device);
  await sync(device, shoes(), { consent: YES });
  await consume(await callsOf(stub));
  expect(said()).toEqual([`Audience Entered ${SHOES}`]);
  await post("/v1/dev/clock", { device, advance: 8 * 864e5 });
  expect(await callsOf(stub)).toHaveLength(1);
  const identity = await token(newDevice());
  await sync(device, [], "consent" in call ? call : { identity });
  await consume(await callsOf(stub));
  expect(said()).toContain(`Audience Exited ${SHOES}`);
});

test("of what cannot be brought, the operator's log says why, and nothing of whom it is about", async () => {
  const device = newDevice();
  await sync(device, shoes(), { consent: YES });
  const calls = await callsOf(profileOf("device", device));
  const lines: string[] = [];
  vi.spyOn(console, "warn").mockImplementation((line) => void lines.push(String(line)));
  status = 401;
  await consume(calls);
  expect(lines).toEqual([JSON.stringify({ level: "warn", event: "webhook_refused", status })]);
  for (const broken of [{ WEBHOOK_SECRET: "whsec_c2hvcnQ=" }, { WEBHOOK_URL: "not-an-address" }]) {
    lines.length = 0;
    vi.unstubAllGlobals();
    await consume(calls, 2, { ...env, ...broken });
    // Which settings are wrong is said beside it, once.
    const said = lines.map((line) => JSON.parse(line)).filter(({ event }) => event !== "setting_wrong");
    expect(said).toEqual([
      {
        level: "warn",
        event: "delivery_failed",
        error: expect.stringMatching(/Error$/),
        stack: expect.any(Array),
      },
    ]);
    expect(lines.join()).not.toMatch(new RegExp(`${device}|${SHOES}`));
  }
});

test("what nobody takes is kept for 14 days at most, also of who never comes again", async () => {
  const [device, now] = [newDevice(), Date.now.bind(Date)];
  const stub = profileOf("device", device);
  await sync(device, shoes(), { consent: YES });
  await sync(device, [], { consent: { ...YES, personalization: false } });
  const waits = async (): Promise<unknown> => {
    const { rows, alarm } = await storedIn(stub);
    return [rows.filter((row) => row.includes('"queued":')).length, alarm];
  };
  // Nothing is due but what the queue has to bring.
  await vi.waitFor(async () => expect(await waits()).toEqual([2, null]), 20_000);
  status = 503;
  vi.spyOn(Date, "now").mockImplementation(() => now() + 5 * 60_000);
  await consume(await callsOf(stub), 5);
  vi.spyOn(Date, "now").mockImplementation(() => now() + 15 * 864e5);
  expect(await runDurableObjectAlarm(stub)).toBe(true);
  expect(await waits()).toEqual([0, null]);
});
