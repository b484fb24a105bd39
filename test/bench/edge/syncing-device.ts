import type { Entry, EventEntry } from "@murmur/core";
import { randomUUID } from "node:crypto";
import type { SyncAnswer } from "../../../worker/src/profile/sync.ts";
import type { Called, HttpCaller } from "./http-caller.ts";

/** A device that has read what its profile's log holds, as a page's tag has. */
export class SyncingDevice {
  readonly id = randomId();
  #read: { log?: string; cursor: number } = { cursor: 0 };

  async sync(caller: HttpCaller, entries: readonly Entry[], slots: readonly string[] = []): Promise<Called> {
    const body = { device: this.id, sentAt: Date.now(), ...this.#read, entries, slots };
    const called = await caller.post("/v1/sync", JSON.stringify(body));
    const { log, cursor, accepted } = JSON.parse(called.text) as SyncAnswer;
    if (accepted !== entries.length) throw new Error(`${accepted} of ${entries.length} were accepted`);
    this.#read = { log, cursor };
    return called;
  }
}

/** A product view as a shop's page sends it. */
export function viewed(timestamp = Date.now()): EventEntry {
  const properties = { product_id: "fellrunner-2", category: "running-shoes", brand: "Tarnfell", price: 129 };
  return { type: "event", id: randomId(), name: "Product Viewed", timestamp, properties };
}

/** As the tag makes them: 32 hex digits. */
function randomId(): string {
  return randomUUID().replaceAll("-", "");
}
