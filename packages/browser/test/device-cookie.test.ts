import { afterEach, expect, test, vi } from "vitest";
import type { DeviceMeta } from "../src/log/device-meta.ts";
import { indexedDbStore } from "../src/log/indexed-db-store.ts";
import { consoleWarnings, start } from "./kit.ts";

const ID = "0123456789abcdef0123456789abcdef";
const ALL = { analytics: true, personalization: true, marketing: true };

/** A database of its own, and the name of its cookie. */
function own(): { database: string; name: string } {
  const id = crypto.randomUUID();
  return { database: `cookie test ${id}`, name: `murmur_cookie_test_${id.replaceAll("-", "_")}` };
}

async function cookie(name: string): Promise<Awaited<ReturnType<typeof cookieStore.get>>> {
  return cookieStore.get(name);
}

function token(subject: string): string {
  return ["e30", btoa(JSON.stringify({ sub: subject })), "x"].join(".");
}

/** As the browser does that empties a site's storage and leaves its cookies. */
function wipe(database: string): Promise<void> {
  return indexedDbStore(database)(async (transaction) => transaction.clear());
}

afterEach(() => {
  vi.restoreAllMocks();
  for (const one of document.cookie.split("; "))
    if (one.startsWith("murmur_")) document.cookie = `${one.split("=")[0]}=;Max-Age=0;Path=/`;
});

test("the device's id is in a first-party cookie of the whole host, for as long as browsers keep one", async () => {
  const { database, name } = own();
  const set = vi.spyOn(document, "cookie", "set");
  const device = await start({ database }).deviceId();
  const kept = await cookie(name);
  expect(kept).toMatchObject({ value: device, path: "/", sameSite: "lax", domain: null });
  expect(set.mock.lastCall![0]).toContain("Max-Age=34560000");
  expect(set.mock.lastCall![0]).not.toContain("Secure");
});

test("without consent to analytics there is none, and none is read", async () => {
  const { database, name } = own();
  const get = vi.spyOn(document, "cookie", "get");
  const murmur = start({ database, consent: "opt-in" });
  await murmur.track("Product Viewed");
  await murmur.deviceId();
  expect(get).not.toHaveBeenCalled();
  murmur.consent({ personalization: true, marketing: true });
  await murmur.deviceId();
  expect(await cookie(name)).toBeNull();
  murmur.consent({ analytics: true });
  expect((await cookie(name))?.value).toBe(undefined);
  const device = await murmur.deviceId();
  expect((await cookie(name))?.value).toBe(device);
});

test("a page whose IndexedDB was emptied goes on as the device that the cookie names", async () => {
  const { database } = own();
  const device = await start({ database }).deviceId();
  await wipe(database);
  const next = start({ database });
  expect(await next.deviceId()).toBe(device);
  const meta = await indexedDbStore(database)((transaction) => transaction.get<DeviceMeta>("meta"));
  expect(meta).toMatchObject({ device, cursor: 0 });
  expect(meta?.log).toBeUndefined();
});

test("what IndexedDB knows counts, and the cookie follows it", async () => {
  const { database, name } = own();
  const device = await start({ database }).deviceId();
  document.cookie = `${name}=${ID};Path=/`;
  expect(await start({ database }).deviceId()).toBe(device);
  expect((await cookie(name))?.value).toBe(device);
});

test.each(["", "x", ID.slice(1), `${ID}0`, ID.toUpperCase(), `${ID}-x`, `"${ID}"`, "%00".repeat(16)])(
  "a cookie of %j is no id",
  async (value) => {
    const { database, name } = own();
    document.cookie = `${name}=${value};Path=/`;
    document.cookie = `x${name}=${ID};Path=/`;
    const device = await start({ database }).deviceId();
    expect(device).toMatch(/^[0-9a-f]{32}$/);
    expect(device).not.toBe(ID);
    expect((await cookie(name))?.value).toBe(device);
    document.cookie = `x${name}=;Max-Age=0;Path=/`;
  },
);

test("it is gone when everything is forgotten, and the device that may begin later is another one", async () => {
  const { database, name } = own();
  const murmur = start({ database });
  const device = await murmur.deviceId();
  murmur.forget();
  await murmur.deviceId();
  expect(await cookie(name)).toBeNull();
  murmur.consent(ALL);
  const later = await murmur.deviceId();
  expect(later).not.toBe(device);
  expect((await cookie(name))?.value).toBe(later);
});

test("one that the edge has set for the whole site is gone as well", async () => {
  const { database, name } = own();
  const set = vi.spyOn(document, "cookie", "set");
  const murmur = start({ database });
  await murmur.deviceId();
  set.mockClear();
  murmur.forget();
  await murmur.deviceId();
  const labels = location.hostname.split(".");
  const domains = labels.map((_label, at) => labels.slice(at).join("."));
  const written = set.mock.calls.map(([text]) => text);
  for (const domain of [...domains, ""])
    expect(written).toContain(`${name}=;Path=/;SameSite=Lax;Max-Age=0;Domain=${domain}`);
});

test("after a sign-out, and for another customer, it names the new device", async () => {
  const { database, name } = own();
  const murmur = start({ database });
  const first = await murmur.deviceId();
  await murmur.reset();
  const second = await murmur.deviceId();
  expect((await cookie(name))?.value).toBe(second);
  await murmur.identify({}, { token: token("ada") });
  await murmur.identify({}, { token: token("grace") });
  const third = await murmur.deviceId();
  expect((await cookie(name))?.value).toBe(third);
  expect(new Set([first, second, third]).size).toBe(3);
});

test.each([
  ["throws when it is touched", () => vi.spyOn(document, "cookie", "get").mockImplementation(refuse)],
  ["throws when it is written", () => vi.spyOn(document, "cookie", "set").mockImplementation(refuse)],
  ["takes nothing", () => vi.spyOn(document, "cookie", "set").mockImplementation(() => {})],
  [
    "is no text any more",
    () => vi.spyOn(document, "cookie", "get").mockReturnValue(undefined as unknown as string),
  ],
])("where the page's cookie %s, all goes on without one, and nobody is told", async (_what, block) => {
  const { database } = own();
  const said = consoleWarnings();
  block();
  const murmur = start({ database });
  await murmur.track("Product Viewed");
  const device = await murmur.deviceId();
  expect(await start({ database }).deviceId()).toBe(device);
  murmur.forget();
  expect(await murmur.deviceId()).not.toBe(device);
  expect(said.filter((line) => !line.includes("not_delivered") && !line.includes("not_erased"))).toEqual([]);
});

function refuse(): never {
  throw new DOMException("The document is sandboxed.", "SecurityError");
}

test("a no erases what an earlier page was allowed to keep, also where this one was told nothing before", async () => {
  const { database, name } = own();
  const earlier = start({ database });
  await earlier.track("Product Viewed");
  const store = indexedDbStore(database);
  const kept = (await store((transaction) => transaction.all())).map(([key]) => key);
  expect(kept).toEqual(expect.arrayContaining([1, "meta"]));
  const asked = vi.spyOn(globalThis, "fetch");
  start({ database, consent: "opt-in" }).forget();
  await expect.poll(() => store((transaction) => transaction.all())).toEqual([]);
  expect(await cookie(name)).toBeNull();
  await expect
    .poll(() => asked.mock.calls.map(([url, init]) => `${init?.method} ${String(url)}`).join())
    .toContain("DELETE");
});

test("a no where nothing was ever kept makes no database", async () => {
  const { database } = own();
  const murmur = start({ database, consent: "opt-in" });
  murmur.forget();
  await murmur.deviceId();
  expect((await indexedDB.databases()).map((each) => each.name)).not.toContain(database);
});

test("a no erases it also where the browser has let the cookie go", async () => {
  consoleWarnings();
  const { database, name } = own();
  await start({ database }).track("Product Viewed");
  const store = indexedDbStore(database);
  const device = (await store((transaction) => transaction.get<DeviceMeta>("meta")))!.device;
  document.cookie = `${name}=;Max-Age=0;Path=/`;
  const asked = vi.spyOn(globalThis, "fetch");
  start({ database, consent: "opt-in" }).forget();
  await expect.poll(() => store((transaction) => transaction.all()), { timeout: 20_000 }).toEqual([]);
  await expect
    .poll(() => asked.mock.calls.map(([, init]) => JSON.stringify(init?.headers ?? "")).join(), {
      timeout: 20_000,
    })
    .toContain(`Device ${device}`);
});

/** The devices that the edge was asked to erase; `reached` says whether it is, by now. */
function erasures(reached: () => boolean): string[] {
  const own = globalThis.fetch;
  const asked: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    if (init?.method !== "DELETE") return own(url, init);
    asked.push(new Headers(init.headers).get("authorization")!);
    if (!reached()) throw new TypeError("Failed to fetch");
    return new Response(null, { status: 204 });
  });
  return asked;
}

test.each([
  ["a no again", { analytics: false }],
  ["a yes", ALL],
])(
  "what the edge could not be told to erase, it is told on the next page, with %s, and no more",
  async (_what, next) => {
    consoleWarnings();
    const { database, name } = own();
    let isReached = false;
    const asked = erasures(() => isReached);
    const murmur = start({ database });
    const device = await murmur.deviceId();
    murmur.forget();
    await expect.poll(() => asked, { timeout: 20_000 }).toEqual([`Device ${device}`]);
    expect(await cookie(name)).toBeNull();

    start({ database, consent: "opt-in" }).consent({ analytics: undefined, marketing: false });
    start({ database, consent: "opt-in" }).consent(next);
    await expect.poll(() => asked, { timeout: 20_000 }).toEqual([`Device ${device}`, `Device ${device}`]);
    expect((await cookie(`${name}_erase`))?.value).toBe(device);

    isReached = true;
    const later = start({ database, consent: "opt-in" });
    later.consent(next);
    await expect.poll(() => cookie(`${name}_erase`), { timeout: 20_000 }).toBeNull();
    expect(asked).toEqual([1, 2, 3].map(() => `Device ${device}`));
    expect(await later.deviceId()).not.toBe(device);

    const last = start({ database, consent: "opt-in" });
    last.consent(next);
    await last.sync();
    expect(asked).toHaveLength(3);
  },
);

test("what the edge has heard of one device says nothing of another that is owed by then", async () => {
  consoleWarnings();
  const { database, name } = own();
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (_url, init) => {
    if (init?.method !== "DELETE") throw new TypeError("Failed to fetch");
    asked.push(new Headers(init.headers).get("authorization")!.slice(-32));
    await new Promise<void>((resolve) => answers.push(resolve));
    return new Response(null, { status: 204 });
  });
  const soon = { timeout: 20_000 };
  const murmur = start({ database });
  const first = await murmur.deviceId();
  murmur.forget();
  await expect.poll(() => asked, soon).toEqual([first]);
  murmur.consent(ALL);
  const second = await murmur.deviceId();
  murmur.forget();
  await expect.poll(() => asked.at(-1), soon).toBe(second);
  answers[0]!();
  // Longer than it takes the page to hear of it.
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect((await cookie(`${name}_erase`))?.value).toBe(second);
  for (const answer of answers) answer();
  await expect.poll(() => cookie(`${name}_erase`), soon).toBeNull();
});
