import { compile } from "@murmur/core";
import { expect, onTestFinished, test, vi } from "vitest";
import { pageContext } from "../../src/capture/page-context.ts";
import { put } from "../consent/page.ts";

function at(address: string): void {
  const before = location.href;
  history.replaceState(null, "", address);
  onTestFinished(() => history.replaceState(null, "", before));
}

/** A device, by its main pointer and its screen. */
function device(pointer: string, width: number, height: number): void {
  const spy = vi
    .spyOn(window, "matchMedia")
    .mockImplementation((query) => ({ matches: query === `(pointer: ${pointer})` }) as MediaQueryList);
  onTestFinished(() => spy.mockRestore());
  put(window, "screen", { value: { width, height } });
}

test("says what this page knows of the visit", () => {
  at("/shoes?utm_source=newsletter&utm_medium=email&color=red#top");
  expect(pageContext()).toEqual({
    device: "desktop",
    language: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    referrer: document.referrer,
    utm: { source: "newsletter", medium: "email" },
    path: "/shoes",
  });
});

test.each([
  ["mobile", "coarse", 390, 844],
  ["mobile", "coarse", 915, 412],
  ["tablet", "coarse", 768, 1024],
  ["tablet", "coarse", 1280, 800],
  ["desktop", "fine", 1920, 1080],
  ["desktop", "fine", 390, 844],
  ["desktop", "none", 1920, 1080],
])("%s: a %s pointer and %i × %i", (expected, pointer, width, height) => {
  device(pointer, width, height);
  expect(pageContext()["device"]).toBe(expected);
});

test("is what segments ask for", () => {
  at("/sale?utm_campaign=spring");
  const segments = {
    spring: { when: { context: { "utm.campaign": "spring", path: "/sale", device: "desktop" } } },
    dayless: { when: { context: { hour: { $gte: 0 }, weekday: { $lte: 7 } } } },
  };
  const profile = compile({ segments }).profile();
  profile.record({ id: "e", name: "X", timestamp: Date.now() });
  expect(profile.segments(pageContext())).toEqual(["dayless", "spring"]);
});

test("an address that means harm is only text", () => {
  at("/?utm___proto__=x&utm_=y&utm_constructor=z&utm_source=%00%FF&__proto__=a&utm");
  const { utm } = pageContext() as { utm: Record<string, string> };
  expect(Object.getPrototypeOf(utm)).toBe(Object.prototype);
  expect(JSON.parse(JSON.stringify(utm))).toEqual({ "": "y", constructor: "z", source: "\0\uFFFD" });
});
