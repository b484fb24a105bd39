import type { Entry } from "@murmur/core";
import type { SyncAnswer } from "../../worker/src/profile/sync.ts";
import { patiently } from "./patiently.ts";

/** A shopper's device, as the edge sees it: it knows how far it has read, and does not give up. */
export class TagDevice {
  readonly id: string;
  readonly #edge: string;
  #log: string | undefined;
  #cursor = 0;
  /** Calls that had to be made again. */
  retried = 0;

  constructor(edge: string, id: string) {
    this.#edge = edge;
    this.id = id;
  }

  /** One call of the tag: delivers, and reads on. */
  async sync(entries: readonly Entry[], slots: readonly string[] = []): Promise<SyncAnswer> {
    const call = (): Promise<Response> => this.#post(entries, slots);
    const answer = await patiently<SyncAnswer>(call, () => this.retried++);
    // Two calls may be on their way at once: what was read stays read.
    this.#cursor = answer.log === this.#log ? Math.max(this.#cursor, answer.cursor) : answer.cursor;
    this.#log = answer.log;
    return answer;
  }

  /** Reads the whole log, as a device does that has lost its own. The answer is the last one, with all entries. */
  async readAll(): Promise<SyncAnswer> {
    this.#cursor = 0;
    const entries: Entry[] = [];
    for (;;) {
      const answer = await this.sync([]);
      entries.push(...answer.entries);
      if (!answer.more) return { ...answer, entries };
    }
  }

  #post(entries: readonly Entry[], slots: readonly string[]): Promise<Response> {
    // Made anew for every attempt: the edge takes `sentAt` for the device's clock.
    const body = {
      device: this.id,
      sentAt: Date.now(),
      log: this.#log,
      cursor: this.#cursor,
      entries,
      slots,
    };
    return fetch(`${this.#edge}/v1/sync`, {
      method: "POST",
      headers: { "content-type": "text/plain;charset=UTF-8" },
      body: JSON.stringify(body),
    });
  }
}
