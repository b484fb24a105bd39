import { EVENT, mark, PRODUCT } from "./probe.ts";

/**
 * The least that keeps an event and asks for a definition, with nothing around it: a database of one store, a row in it, one
 * call that delivers the row and one for the definition. Nothing is evaluated.
 */
mark("evaluated");
const opening = indexedDB.open("bare", 1);
opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore("log"));
const opened = new Promise<IDBDatabase>((resolve) =>
  opening.addEventListener("success", () => resolve(opening.result)),
);
let last = 0;

async function keep(row: object): Promise<void> {
  const transaction = (await opened).transaction("log", "readwrite");
  transaction.objectStore("log").put(row, ++last);
  await new Promise((resolve) => transaction.addEventListener("complete", resolve));
}

async function start(): Promise<void> {
  const event = { type: "event", id: crypto.randomUUID(), name: "Page Viewed", timestamp: Date.now() };
  await keep(event);
  const body = JSON.stringify({ device: "0".repeat(32), sentAt: Date.now(), cursor: 0, entries: [event] });
  await Promise.all(
    [
      fetch("/v1/sync", { method: "POST", body, keepalive: true, credentials: "include" }),
      fetch("/v1/manifest"),
    ].map(async (call) => (await call).json()),
  );
  mark("ready");
}

void start();
window.recordOne = () => keep({ type: "event", name: EVENT, properties: PRODUCT });
