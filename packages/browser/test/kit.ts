import { onTestFinished, vi } from "vitest";
import { init, type Murmur, type MurmurOptions } from "../src/index.ts";

/** Nobody listens there: the edge as a device sees it that is offline. */
export const NOWHERE = "http://127.0.0.1:9";

/** Murmur on this page, with a log of its own. */
export function start(options: Partial<MurmurOptions> = {}): Murmur {
  return init({
    edge: NOWHERE,
    database: `test-${crypto.randomUUID()}`,
    consent: "opt-out",
    capture: false,
    ...options,
  });
}

/** What the tag says in the console, until the test is over. */
export function consoleWarnings(): string[] {
  const said: string[] = [];
  const spy = vi
    .spyOn(console, "warn")
    .mockImplementation((message: unknown) => void said.push(String(message)));
  onTestFinished(() => spy.mockRestore());
  return said;
}
