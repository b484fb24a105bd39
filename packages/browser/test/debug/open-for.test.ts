import { manifestOf, type Definition } from "@murmur/core";
import { expect, onTestFinished, test, vi } from "vitest";
import { EVERYTHING } from "../../src/consent/consent.ts";
import { openFor } from "../../src/debug/open-for.ts";
import { Device } from "../../src/device/device.ts";
import { Listeners } from "../../src/listeners.ts";
import { consoleWarnings, knownDevice } from "../kit.ts";

const definition: Definition = { segments: { seen: { when: { count: "X", gte: 1 } } } };

/** An edge that nothing comes from until it is told to answer. */
function hangingEdge(): { edge: string; answer(): void } {
  const edge = `https://${crypto.randomUUID()}.example`;
  let answer!: () => void;
  const told = new Promise<void>((resolve) => (answer = resolve));
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (url) => {
    if (!String(url).startsWith(edge)) throw new TypeError("nobody there");
    await told;
    if (String(url).endsWith("/definition")) return Response.json(definition);
    throw new TypeError("gone again");
  });
  onTestFinished(() => spy.mockRestore());
  return { edge, answer };
}

test("an edge that does not answer keeps nothing else from being seen; when it does, its definition is there", async () => {
  consoleWarnings();
  const { edge, answer } = hangingEdge();
  const database = crypto.randomUUID();
  const log = await knownDevice(database, definition);
  await log(async (transaction) => transaction.put("manifest", manifestOf(definition)));
  const listeners = new Listeners();
  const device = new Device({
    edge,
    database,
    onChange: () => listeners.tell("change", undefined),
    onDelivered() {},
    onSaid() {},
  });
  device.allow(EVERYTHING);
  await device.append({ type: "event", id: "one", name: "X", at: performance.now() });
  await openFor(device, listeners, edge);
  const host = document.querySelector("murmur-debug")!;
  onTestFinished(() => host.shadowRoot!.querySelector<HTMLElement>("[aria-label=Close]")!.click());
  const { shadowRoot: root } = host;
  const status = (): string | null => root!.querySelector(".status")!.textContent;
  await expect.poll(status, { timeout: 20_000 }).toBe("Waiting for the definition");
  root!.querySelector<HTMLElement>("#tab-events")!.click();
  await expect.poll(() => root!.querySelector(".event .row-name")?.textContent).toBe("X");
  answer();
  await expect.poll(status, { timeout: 20_000 }).toBe("In 1 of 1 segments");
}, 60_000);
