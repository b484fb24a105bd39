import { env } from "cloudflare:test";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fetchEdge, newDevice, post, sync, token, viewed } from "./kit/call.ts";
import { basic, SECRET_KEY } from "./kit/segment-call.ts";
import { profileOf, storedIn } from "./kit/stored.ts";

// A device that is erased while it joins, or is asked for, is on one side or on none: never with a customer who has it, at whom
// its own profile does not point any more. Then nothing that is asked of the device would reach what the customer keeps of it.

let [device, customer, identity] = ["", "", ""];

beforeEach(async () => {
  [device, customer] = [newDevice(), newDevice()];
  identity = await token(customer);
  // Who has another device as well: with the only one's, all of the profile would go.
  await sync(newDevice(), [], { identity });
});

afterEach(() => vi.restoreAllMocks());

async function erase(): Promise<void> {
  const headers = { authorization: `Device ${device}` };
  expect((await fetchEdge("/v1/profile", { method: "DELETE", headers })).status).toBe(204);
}

/** What was told before. */
const BEFORE = "before-it-was-erased";

/** Delivers so many entries as the device, on which all is allowed. */
async function deliver(count: number, proof?: string, category = BEFORE): Promise<void> {
  const consent = { analytics: true, personalization: true, marketing: true };
  const entries = Array.from({ length: count }, () => viewed(category));
  const call = { device, sentAt: Date.now(), entries, consent, identity: proof };
  expect((await post("/v1/sync", call)).status).toBe(200);
}

async function askForSlots(): Promise<void> {
  const headers = { authorization: basic(SECRET_KEY) };
  const body = JSON.stringify({ anonymousId: device });
  expect((await fetchEdge("/v1/slots", { method: "POST", headers, body })).status).toBe(200);
}

type Method = (...asked: { ask?: string }[]) => Promise<unknown>;

/** Has `meanwhile` done, once, at the first call of a method of such objects that `isIt`: before it, or behind its answer. */
function at(
  [namespace, method]: ["AUDIENCE" | "PROFILE", string],
  isIt: (...asked: { ask?: string }[]) => boolean,
  meanwhile: { before?: () => Promise<void>; behind?: () => Promise<void> },
): { done: boolean } {
  const did = { done: false };
  const get = env[namespace].get.bind(env[namespace]);
  vi.spyOn(env[namespace], "get").mockImplementation((id) => {
    const stub = get(id);
    return new Proxy(stub, {
      get(_stub, name) {
        const own = (stub as unknown as Record<string | symbol, Method>)[name];
        if (name !== method) return typeof own === "function" ? (...asked: never[]) => own(...asked) : own;
        return async (...asked: { ask?: string }[]) => {
          const isNow = !did.done && isIt(...asked);
          if (isNow) did.done = true;
          if (isNow) await meanwhile.before?.();
          const answer = await own!(...asked);
          if (isNow) await meanwhile.behind?.();
          return answer;
        };
      },
    });
  });
  return did;
}

async function expectOnOneSide(): Promise<void> {
  vi.restoreAllMocks();
  const rowsOf = async (kind: "device" | "customer", id: string): Promise<string> =>
    (await storedIn(profileOf(kind, id))).rows.join("\n");
  const isJoined = (await rowsOf("customer", customer)).includes(device);
  expect(isJoined).toBe((await rowsOf("device", device)).includes('"moved-to"'));
  expect((await rowsOf("customer", customer)).includes(BEFORE)).toBe(false);
  await erase();
  expect(await rowsOf("device", device)).toBe("");
  expect((await rowsOf("customer", customer)).includes("Product Viewed")).toBe(false);
}

test("a device that joins while what stands of it elsewhere is erased", async () => {
  await deliver(1);
  const joins = at(["AUDIENCE", "remove"], () => true, { before: () => deliver(1, identity, "meanwhile") });
  await erase();
  expect(joins.done).toBe(true);
  await expectOnOneSide();
});

test.each([1, 520])(
  "a device that is erased once the first of %i entries have been handed over",
  async (count) => {
    for (let left = count; left > 0; left -= 200) await deliver(Math.min(left, 200));
    const handsOver = at(["PROFILE", "home"], ({ ask }) => ask === "hand-over", { behind: erase });
    await deliver(1, identity, "afterwards");
    expect(handsOver.done).toBe(true);
    await expectOnOneSide();
  },
);

test("a device that is asked for while it is forgotten", async () => {
  await deliver(1, identity);
  const isForgotten = at(["PROFILE", "home"], ({ ask }) => ask === "forget", { before: askForSlots });
  await erase();
  expect(isForgotten.done).toBe(true);
  await expectOnOneSide();
});

test("a device that is erased while it is erased", async () => {
  await deliver(1, identity);
  const isForgotten = at(["PROFILE", "home"], ({ ask }) => ask === "forget", { before: erase });
  await erase();
  expect(isForgotten.done).toBe(true);
  await expectOnOneSide();
  for (let times = 0; times < 5; times++) {
    await deliver(1, identity);
    await Promise.all([erase(), erase(), erase()]);
    await expectOnOneSide();
  }
});
