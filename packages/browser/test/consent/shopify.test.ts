import { expect, test, vi } from "vitest";
import { shopify } from "../../src/consent/shopify.ts";
import { consoleWarnings } from "../kit.ts";
import { fakeTimers, faults, HOSTILE, listenTo, put, throwing } from "./page.ts";

const YES = { analytics: true, personalization: true, marketing: true };
const NO = { analytics: false, personalization: false, marketing: false };

interface Visitor {
  /** What the shop's rules for the visitor's region come to. */
  allowed: boolean;
  /** `""` until the visitor was asked. */
  answer: string | undefined;
}

function privacy(visitor: Visitor): object {
  const allowed = () => visitor.allowed;
  return {
    analyticsProcessingAllowed: allowed,
    preferencesProcessingAllowed: allowed,
    marketingAllowed: allowed,
    currentVisitorConsent: () => ({
      analytics: visitor.answer,
      preferences: visitor.answer,
      marketing: visitor.answer,
      sale_of_data: "",
    }),
  };
}

function collected(): void {
  document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail: {} }));
}

test.each([
  [{ allowed: true, answer: "yes" }, YES],
  [{ allowed: true, answer: "" }, YES],
  [{ allowed: false, answer: "no" }, NO],
  [{ allowed: false, answer: "" }, {}],
  [{ allowed: false, answer: undefined }, {}],
])("%j", (visitor, expected) => {
  put(window, "Shopify", { value: { customerPrivacy: privacy(visitor) } });
  expect(listenTo(shopify)).toEqual([expected]);
});

test("tells what the visitor decides, and each change of it", () => {
  const visitor: Visitor = { allowed: false, answer: "" };
  put(window, "Shopify", { value: { customerPrivacy: privacy(visitor) } });
  const said = listenTo(shopify);
  Object.assign(visitor, { allowed: true, answer: "yes" });
  collected();
  Object.assign(visitor, { allowed: false, answer: "no" });
  collected();
  expect(said).toEqual([{}, YES, NO]);
});

test("a page that comes back, or is looked at again, asks anew: the visitor may have decided on another page", () => {
  const warnings = consoleWarnings();
  put(window, "Shopify", { value: undefined });
  listenTo(shopify);
  document.dispatchEvent(new Event("visibilitychange"));
  expect(warnings).toEqual([]);
  const visitor: Visitor = { allowed: true, answer: "yes" };
  put(window, "Shopify", { value: { customerPrivacy: privacy(visitor) } });
  const said = listenTo(shopify);
  Object.assign(visitor, { allowed: false, answer: "no" });
  dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  expect(said.at(-1)).toEqual(NO);
  Object.assign(visitor, { allowed: true, answer: "yes" });
  document.dispatchEvent(new Event("visibilitychange"));
  expect(said.at(-1)).toEqual(YES);
});

test("each purpose is asked for by itself", () => {
  const customerPrivacy = {
    ...privacy({ allowed: false, answer: "no" }),
    analyticsProcessingAllowed: () => true,
    currentVisitorConsent: () => ({ analytics: "yes", preferences: "", marketing: "no" }),
  };
  put(window, "Shopify", { value: { customerPrivacy } });
  expect(listenTo(shopify)).toEqual([{ analytics: true, marketing: false }]);
});

test("an API that is loaded later, into an object that was there, is found", () => {
  fakeTimers();
  const page: { customerPrivacy: object } = { customerPrivacy: {} };
  put(window, "Shopify", { value: page });
  const said = listenTo(shopify);
  page.customerPrivacy = privacy({ allowed: true, answer: "" });
  vi.advanceTimersByTime(110_000);
  expect(said).toEqual([YES]);
  expect(vi.getTimerCount()).toBe(0);
});

/** Shopify's own page, on which the API is there once somebody has asked for it. */
function unloaded(visitor: Visitor, failing = false) {
  const asked: unknown[] = [];
  const page: { customerPrivacy?: object; loadFeatures: (...args: never[]) => void } = {
    loadFeatures(features: unknown, then: (error?: unknown) => void) {
      asked.push(features);
      setTimeout(() => {
        if (!failing) page.customerPrivacy = privacy(visitor);
        then(failing && new Error("not to be had"));
      }, 20_000);
    },
  };
  return { page, asked };
}

test("an API that nobody on the page has asked for is asked for, once", () => {
  fakeTimers();
  const { page, asked } = unloaded({ allowed: true, answer: "" });
  put(window, "Shopify", { value: page });
  const said = listenTo(shopify);
  vi.advanceTimersByTime(20_000);
  expect(said).toEqual([YES]);
  vi.advanceTimersByTime(110_000);
  expect(said.every((each) => JSON.stringify(each) === JSON.stringify(YES))).toBe(true);
  expect(asked).toEqual([[{ name: "consent-tracking-api", version: "0.1" }]]);
});

test("an API that is there is not asked for again; one that cannot be had leaves all pending", () => {
  fakeTimers();
  const { page, asked } = unloaded({ allowed: true, answer: "" });
  page.customerPrivacy = privacy({ allowed: true, answer: "" });
  put(window, "Shopify", { value: page });
  expect(listenTo(shopify)).toEqual([YES]);
  expect(asked).toEqual([]);
  const none = unloaded({ allowed: true, answer: "" }, true);
  put(window, "Shopify", { value: none.page });
  const seen = faults();
  const said = listenTo(shopify);
  vi.advanceTimersByTime(200_000);
  expect([said, seen]).toEqual([[], []]);
});

test("whatever the page has there, nothing throws and nothing is granted", () => {
  fakeTimers();
  consoleWarnings();
  const seen = faults();
  const good = privacy({ allowed: false, answer: "" });
  for (const value of HOSTILE) {
    for (const page of [
      value,
      { customerPrivacy: value },
      { loadFeatures: value },
      { customerPrivacy: { ...good, currentVisitorConsent: () => value } },
      { customerPrivacy: { ...good, marketingAllowed: () => value } },
      { customerPrivacy: { ...good, marketingAllowed: throwing } },
    ]) {
      put(window, "Shopify", { value: page });
      const said = listenTo(shopify);
      collected();
      vi.advanceTimersByTime(110_000);
      for (const consent of said) expect(Object.values(consent)).not.toContain(true);
    }
  }
  expect(seen).toEqual([]);
});
