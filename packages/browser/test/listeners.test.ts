import { expect, test } from "vitest";
import { Listeners } from "../src/listeners.ts";

test("who listens anew while it is told is told once", () => {
  const listeners = new Listeners();
  let told = 0;
  const listen = (): void => {
    const stop = listeners.add("change", () => {
      stop();
      if (++told < 1_000) listen();
    });
  };
  listen();
  listeners.tell("change", undefined);
  expect(told).toBe(1);
  listeners.tell("change", undefined);
  expect(told).toBe(2);
});
