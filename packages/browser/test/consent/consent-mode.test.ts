import { beforeEach, expect, test, vi } from "vitest";
import { consentMode } from "../../src/consent/consent-mode.ts";
import { consoleWarnings } from "../kit.ts";
import { fakeTimers, faults, HOSTILE, listenTo, put } from "./page.ts";

const ALL = [
  "analytics_storage",
  "personalization_storage",
  "ad_user_data",
  "ad_personalization",
  "ad_storage",
];
const GRANTED = Object.fromEntries(ALL.map((type) => [type, "granted"]));
const DENIED = Object.fromEntries(ALL.map((type) => [type, "denied"]));
const YES = { analytics: true, personalization: true, marketing: true };
const NO = { analytics: false, personalization: false, marketing: false };

let layer: unknown[];

/** As in Google's snippet. */
function gtag(..._call: unknown[]): void {
  // oxlint-disable-next-line prefer-rest-params
  layer.push(arguments);
}

/** What was said last, when the script that calls is done. */
async function told(said: readonly object[]): Promise<object | undefined> {
  await Promise.resolve();
  return said.at(-1);
}

beforeEach(() => {
  layer = [];
  put(window, "dataLayer", { value: layer, writable: true });
});

test("reads what was called before the tag was there, and what is called later", async () => {
  gtag("js", new Date());
  gtag("consent", "default", { ...DENIED, wait_for_update: 500 });
  gtag("consent", "update", { analytics_storage: "granted" });
  const said = listenTo(consentMode);
  expect(await told(said)).toEqual({ analytics: true });
  gtag("consent", "update", GRANTED);
  expect(await told(said)).toEqual(YES);
  gtag("consent", "update", DENIED);
  expect(await told(said)).toEqual(NO);
});

test("marketing needs both of its types", async () => {
  const said = listenTo(consentMode);
  gtag("consent", "update", { ad_user_data: "granted" });
  expect(await told(said)).toEqual({});
  gtag("consent", "update", { ad_personalization: "denied" });
  expect(await told(said)).toEqual({ marketing: false });
  gtag("consent", "update", { ad_personalization: "granted" });
  expect(await told(said)).toEqual({ marketing: true });
});

test("a default that denies is no decision: the visitor has not been asked, or the answer is still to come", async () => {
  const said = listenTo(consentMode);
  gtag("consent", "default", DENIED);
  expect(await told(said)).toEqual({});
  gtag("consent", "default", GRANTED);
  expect(await told(said)).toEqual({});
});

test("a default that grants is a yes", async () => {
  const said = listenTo(consentMode);
  gtag("consent", "default", { analytics_storage: "granted" });
  expect(await told(said)).toEqual({ analytics: true });
});

test.each([
  ["before", true],
  ["after", false],
])(
  "a denial for regions %s the default for everyone leaves it pending: the visitor may be there",
  async (_where, first) => {
    const said = listenTo(consentMode);
    const regional = { analytics_storage: "denied", region: ["DE", "FR"] };
    if (first) gtag("consent", "default", regional);
    gtag("consent", "default", GRANTED);
    if (!first) gtag("consent", "default", regional);
    expect(await told(said)).toEqual({ personalization: true, marketing: true });
    expect(said).not.toContainEqual(YES);
  },
);

test("a default that grants in some regions says nothing of the visitor's", async () => {
  const said = listenTo(consentMode);
  gtag("consent", "default", { ...GRANTED, region: ["US"] });
  expect(await told(said)).toEqual({});
});

test("a default that grants, and waits for an update, is a yes only if none has come by then", async () => {
  fakeTimers();
  const said = listenTo(consentMode);
  gtag("consent", "default", { ...GRANTED, wait_for_update: 500 });
  // A default of another script that waits for nothing does not cut it short.
  gtag("consent", "default", { security_storage: "granted" });
  await told(said);
  vi.advanceTimersByTime(400);
  expect(said).toEqual([]);
  gtag("consent", "update", DENIED);
  expect(await told(said)).toEqual(NO);
  vi.advanceTimersByTime(1_000);
  expect(said.every((each) => !Object.values(each).includes(true))).toBe(true);
});

test.each([500, "500", 1e9, Infinity, "soon", {}, null])(
  "a default that waits for an update, %j ms, holds in the end where none comes",
  async (wait_for_update) => {
    fakeTimers();
    const said = listenTo(consentMode);
    gtag("consent", "default", { ...GRANTED, wait_for_update });
    await told(said);
    vi.advanceTimersByTime(100_001);
    expect(said.at(-1)).toEqual(YES);
    expect(vi.getTimerCount()).toBe(0);
  },
);

test("a default that comes after an update does not undo it", async () => {
  const said = listenTo(consentMode);
  gtag("consent", "update", GRANTED);
  gtag("consent", "default", DENIED);
  expect(await told(said)).toEqual(YES);
});

test("a tag manager that wraps push, before or after, and shortens the list, gets every call", async () => {
  const taken: unknown[] = [];
  const wrap = () => {
    const { push } = layer;
    layer.push = function (this: unknown[], ...entries) {
      taken.push(...entries);
      push.apply(layer, entries);
      while (layer.length > 1) layer.shift();
      return layer.length;
    };
  };
  wrap();
  const said = listenTo(consentMode);
  wrap();
  expect(layer.push({ event: "one" }, { event: "two" })).toBe(1);
  gtag("consent", "update", GRANTED);
  expect(await told(said)).toEqual(YES);
  expect(taken).toHaveLength(6);
});

test("a layer that comes late is read from its start", async () => {
  fakeTimers();
  put(window, "dataLayer", { value: undefined });
  const said = listenTo(consentMode);
  put(window, "dataLayer", { value: layer });
  gtag("consent", "update", GRANTED);
  vi.advanceTimersByTime(100_000);
  expect(await told(said)).toEqual(YES);
});

test("whatever the page has there, nothing throws, and what can be read is", async () => {
  fakeTimers();
  consoleWarnings();
  const seen = faults();
  for (const value of HOSTILE) {
    put(window, "dataLayer", { value });
    listenTo(consentMode);
    vi.advanceTimersByTime(110_000);
  }
  put(window, "dataLayer", { value: layer });
  layer.push(
    ...HOSTILE,
    ["consent"],
    ["consent", "update"],
    ...HOSTILE.map((value) => ["consent", "update", value]),
  );
  const said = listenTo(consentMode);
  for (const value of HOSTILE) {
    gtag("consent", value, value);
    gtag("consent", "update", { analytics_storage: value, toString: "granted", ["__proto__"]: "denied" });
  }
  expect(await told(said)).toEqual({});
  gtag("consent", "update", GRANTED);
  expect(await told(said)).toEqual(YES);
  expect(seen).toEqual([]);
});
