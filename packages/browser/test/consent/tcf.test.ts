import { expect, test, vi } from "vitest";
import { tcf } from "../../src/consent/tcf.ts";
import { consoleWarnings } from "../kit.ts";
import { fakeTimers, faults, HOSTILE, listenTo, put } from "./page.ts";

type Listener = (data: unknown, success?: boolean) => void;

/** A consent manager as the TCF has it. */
function manager(): { tell: Listener; calls: unknown[][] } {
  const calls: unknown[][] = [];
  const listeners: Listener[] = [];
  put(window, "__tcfapi", {
    value: (command: unknown, version: unknown, listener: Listener) => {
      calls.push([command, version]);
      listeners.push(listener);
    },
  });
  return { calls, tell: (data, success = true) => listeners.forEach((listener) => listener(data, success)) };
}

function tcData(eventStatus: string, purposes: readonly number[], gdprApplies?: boolean): unknown {
  const consents = Object.fromEntries(purposes.map((id) => [id, true]));
  return { eventStatus, gdprApplies, purpose: { consents, legitimateInterests: { 8: true } } };
}

test.each([
  [
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    [true, true, true],
  ],
  [
    [1, 8],
    [true, false, false],
  ],
  [
    [1, 5, 6],
    [false, true, false],
  ],
  [
    [1, 3, 4],
    [false, false, true],
  ],
  [
    [3, 4, 5, 6, 7, 8, 9, 10],
    [false, false, false],
  ],
  [[1], [false, false, false]],
  [[], [false, false, false]],
])("purposes %j", (purposes, [analytics, personalization, marketing]) => {
  const { tell, calls } = manager();
  const said = listenTo(tcf);
  tell(tcData("tcloaded", purposes, true));
  expect(said).toEqual([{ analytics, personalization, marketing }]);
  expect(calls).toEqual([["addEventListener", 2]]);
});

test("waits while the dialogue is shown, and tells each change of mind", () => {
  const { tell } = manager();
  const said = listenTo(tcf);
  tell(tcData("cmpuishown", [1, 5, 6, 8], true));
  expect(said).toEqual([]);
  tell(tcData("useractioncomplete", [1, 5, 6, 8], true));
  tell(tcData("cmpuishown", [], true));
  tell(tcData("useractioncomplete", [1, 8], true));
  expect(said).toEqual([
    { analytics: true, personalization: true, marketing: false },
    { analytics: true, personalization: false, marketing: false },
  ]);
});

test("where the GDPR does not apply, everything is granted; where that is not known, what was consented to", () => {
  const { tell } = manager();
  const said = listenTo(tcf);
  tell({ eventStatus: "tcloaded", gdprApplies: false });
  tell(tcData("tcloaded", [1, 8]));
  expect(said).toEqual([
    { analytics: true, personalization: true, marketing: true },
    { analytics: true, personalization: false, marketing: false },
  ]);
});

test("what a manager could not answer for, with success false, is no decision, whatever stands in it", () => {
  const { tell } = manager();
  const said = listenTo(tcf);
  tell({ eventStatus: "tcloaded", gdprApplies: false }, false);
  tell(tcData("tcloaded", [1, 3, 4, 5, 6, 8], true), false);
  expect(said).toEqual([]);
  tell(tcData("tcloaded", [1, 8], true));
  expect(said).toHaveLength(1);
});

test("a manager that comes late is found, once", () => {
  fakeTimers();
  const said = listenTo(tcf);
  vi.advanceTimersByTime(30_000);
  const { tell, calls } = manager();
  vi.advanceTimersByTime(600_000);
  tell(tcData("tcloaded", [1, 8], true));
  expect(calls).toHaveLength(1);
  expect(said).toHaveLength(1);
});

test("a page without one is not asked for ever", () => {
  fakeTimers();
  listenTo(tcf);
  vi.advanceTimersByTime(110_000);
  expect(vi.getTimerCount()).toBe(0);
});

// First: a fault is reported once a page.
test("a manager that tells of no consent yet, as null, is no fault", () => {
  const warnings = consoleWarnings();
  const { tell } = manager();
  const said = listenTo(tcf);
  tell(null, false);
  expect([said, warnings]).toEqual([[], []]);
});

test("whatever the page has there or is told, nothing throws and nothing is granted", () => {
  fakeTimers();
  consoleWarnings();
  const seen = faults();
  for (const value of HOSTILE) {
    put(window, "__tcfapi", { value });
    expect(listenTo(tcf)).toEqual([]);
    const { tell } = manager();
    const said = listenTo(tcf);
    tell(value, false);
    tell({ eventStatus: value });
    tell({ eventStatus: "tcloaded", purpose: value });
    for (const consent of said) expect(Object.values(consent)).not.toContain(true);
  }
  vi.advanceTimersByTime(110_000);
  expect(seen).toEqual([]);
});
