import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startKillableEdge, type KillableEdge } from "../kit/killable-edge.ts";

const PROFILES = 40;
const HOUR = 36e5;
/** How long after they were set the first alarms are due, ms: time to set them all, and to kill the edge before. */
const AHEAD = 4_000;
/** Between one profile's alarm and the next, ms. */
const APART = 50;
/** After each of these, counted from the first due instant, the edge is killed, ms. */
const KILLED_AT = [-500, 200, 700, 1_200] as const;

interface Inspected {
  now: number;
  segments: string[];
  transitions: { segment: string; change: string; at: number }[];
}

let edge: KillableEdge;

beforeAll(async () => {
  edge = await startKillableEdge("test/load/shop.config.ts");
});

afterAll(() => edge?.close());

async function post(path: string, body: object): Promise<Inspected> {
  const answer = await fetch(edge.url + path, { method: "POST", body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Inspected;
}

/** A profile whose cart has lain for two hours at `due`, ms by the machine's clock; the instant by its own. */
async function cartDue(due: number): Promise<{ device: string; at: number }> {
  const device = randomUUID().replaceAll("-", "");
  const timestamp = Date.now() - 60_000;
  const added = { type: "event", id: randomUUID(), name: "Product Added", timestamp };
  await post("/v1/sync", { device, sentAt: Date.now(), entries: [added] });
  const at = timestamp + 2 * HOUR;
  await post("/v1/dev/clock", { device, advance: at - due });
  return { device, at };
}

/** As it is stored: looking wakes the profile and changes nothing. */
async function stored(device: string): Promise<Inspected> {
  return (await (await fetch(`${edge.url}/v1/dev/profile?device=${device}`)).json()) as Inspected;
}

test("alarms that are due while the edge is dead, or dies of a sudden, enter each profile once at its very instant", async () => {
  const first = Date.now() + AHEAD;
  const carts: { device: string; at: number }[] = [];
  for (let at = 0; at < PROFILES; at++) carts.push(await cartDue(first + at * APART));
  for (const killedAt of KILLED_AT) {
    await sleep(Math.max(0, first + killedAt - Date.now()));
    await edge.kill();
    // Long enough for alarms to pass by.
    await sleep(150);
    await edge.start();
  }
  for (const { device, at } of carts)
    await expect
      .poll(async () => (await stored(device)).transitions, { timeout: 20_000 })
      .toEqual([{ segment: "cart-waiting", change: "entered", at }]);
});
