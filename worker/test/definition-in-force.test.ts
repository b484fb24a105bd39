import { env, runDurableObjectAlarm } from "cloudflare:test";
import { definitionHash, type Definition } from "@murmur/core";
import { afterEach, expect, test, vi } from "vitest";
import { deployed } from "../src/definition.ts";
import {
  currentHash,
  definitionObject,
  refreshDefinition,
} from "../src/definition-store/refresh-definition.ts";
import { event, fetchEdge, newDevice, sync } from "./kit/call.ts";
import { effectCalls, leftCart } from "./kit/left-cart.ts";
import { consume } from "./kit/queue-call.ts";
import { askText } from "./kit/shop-front.ts";
import { profileOf, storedIn } from "./kit/stored.ts";

// What was pushed is in force wherever the worker runs, not only where it is called: here another isolate has taken the push.

const SHOWN = "Pushed for everybody";
const { definition } = deployed;
const hero = { variants: [], fallback: { content: { title: SHOWN } } };

/** A push that this isolate has heard nothing of, `later` ms after it has last asked. */
async function pushElsewhere(more: Partial<Definition>, later = 6_000): Promise<void> {
  await refreshDefinition(env, "now");
  const pushed = { ...definition, slots: { hero }, experiments: {}, ...more } satisfies Definition;
  const hash = definitionHash(pushed);
  expect(
    await definitionObject(env)!.write({ hash, definition: pushed, over: deployed.hash }, undefined),
  ).toBe(undefined);
  const now = Date.now.bind(Date);
  vi.spyOn(Date, "now").mockImplementation(() => now() + later);
}

afterEach(async () => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  await definitionObject(env)!.clear();
  await refreshDefinition(env, "now");
});

test("where it is asked how it is", async () => {
  await pushElsewhere({});
  const { manifest } = await (await fetchEdge("/healthz")).json<{ manifest: string }>();
  expect(manifest).toBe((await (await fetchEdge("/v1/manifest")).json<{ hash: string }>()).hash);
});

test("where it only has the shop's pages pass, also for who comes for the first time", async () => {
  expect((await askText()).text).not.toContain(SHOWN);
  await pushElsewhere({});
  expect((await askText()).text).toContain(SHOWN);
});

test("where it only takes from the queue: a receiver is the one that was pushed", async () => {
  const { stub } = await leftCart(30);
  const calls = await effectCalls(stub, "webhook");
  expect(await consume(calls)).toMatchObject({ taken: [] });
  const arrived: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    arrived.push(url);
    return new Response();
  });
  await pushElsewhere({ webhooks: { "ads-audience": "https://ads.example/hook" } });
  expect(await consume(calls)).toMatchObject({ taken: ["0"] });
  expect(arrived).toEqual(["https://ads.example/hook"]);
});

// As after a rollback: another version of the worker knew the words of it.
test.for([
  [
    "a measure",
    { segments: { ...definition.segments, later: { when: { median: "Order Completed", gt: 1 } } } },
  ],
  [
    "a filter",
    {
      segments: {
        ...definition.segments,
        later: { when: { count: { event: "A", where: { b: { $near: 1 } } }, gt: 1 } },
      },
    },
  ],
  ["a step", { journeys: { later: { enter: { segment: "cart-abandoner" }, steps: [{ sms: "x" }] } } }],
  ["a section", { sections: {} }],
] as const)("but where it has %s that this worker does not know: the log says so, once", async ([, more]) => {
  const before = await (await fetchEdge("/healthz")).json();
  const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
  await pushElsewhere(more as unknown as Partial<Definition>);
  expect(await (await fetchEdge("/healthz")).json()).toEqual(before);
  await refreshDefinition(env, "now");
  expect(told.mock.calls.map(([line]) => JSON.parse(line))).toEqual([
    {
      level: "error",
      event: "definition_unknown",
      paths: expect.arrayContaining([expect.stringMatching(/later|sections/)]),
    },
  ]);
  const answer = await sync(newDevice(), [event("Order Completed", { total: 1 })]);
  expect(answer.accepted).toBe(1);
});

test("where a profile in memory is woken by its alarm", async () => {
  const device = newDevice();
  await sync(device, [event("Product Added")]);
  const segments = { "cart-left": definition.segments["cart-abandoner"]! };
  const pushed = { segments, slots: {}, measures: {}, journeys: {} };
  await pushElsewhere(pushed, 2 * 36e5 + 60_000);
  const stub = profileOf("device", device);
  expect(await runDurableObjectAlarm(stub)).toBe(true);
  const { rows } = await storedIn(stub);
  const entered = rows.filter((row) => row.includes('"change":"entered"')).join();
  expect(entered).toContain("cart-left");
  expect(entered).not.toContain("cart-abandoner");
});

test("an answer that comes late puts nothing back: what was asked last is in force", async () => {
  let answer = (_with: undefined): void => {};
  const asked = new Promise<undefined>((resolve) => (answer = resolve));
  const slow = {
    idFromName: (name: string) => env.DEFINITION!.idFromName(name),
    get: () => ({ read: () => asked }),
  } as unknown as DurableObjectNamespace;
  const early = refreshDefinition({ ...env, DEFINITION: slow }, "now");
  await pushElsewhere({});
  await refreshDefinition(env, "now");
  const pushed = currentHash();
  expect(pushed).not.toBe(deployed.hash);
  // From before the push.
  answer(undefined);
  await early;
  expect(currentHash()).toBe(pushed);
});
