import { onTestFinished, vi } from "vitest";
import type { Consent, ConsentSignal } from "../../src/consent/consent.ts";

/** What a signal has said, in order. */
export function listenTo(signal: ConsentSignal): Consent[] {
  const said: Consent[] = [];
  signal((consent) => said.push(consent));
  return said;
}

/** Puts something on the page, until the test is over. */
export function put(on: object, name: string, property: PropertyDescriptor): void {
  const before = Object.getOwnPropertyDescriptor(on, name);
  Object.defineProperty(on, name, { configurable: true, ...property });
  onTestFinished(() => {
    Reflect.deleteProperty(on, name);
    if (before) Object.defineProperty(on, name, before);
  });
}

/** Faults that came to the page's own handlers. */
export function faults(): unknown[] {
  const seen: unknown[] = [];
  const take = (event: Event) => {
    seen.push(event);
    event.preventDefault();
  };
  for (const type of ["error", "unhandledrejection"]) {
    addEventListener(type, take);
    onTestFinished(() => removeEventListener(type, take));
  }
  return seen;
}

export function fakeTimers(): void {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
}

export function throwing(): never {
  throw new Error("hostile");
}

/** What a page may have put where something else belongs. */
export const HOSTILE: readonly unknown[] = [
  undefined,
  null,
  0,
  "",
  "x",
  [],
  {},
  () => {},
  throwing,
  Object.freeze([["consent", "update", { analytics_storage: "granted" }]]),
  new Proxy({}, { get: throwing, has: throwing, ownKeys: throwing }),
  document.createElement("p"),
];
