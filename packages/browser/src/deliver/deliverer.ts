import type { Entry } from "@murmur/core";
import type { DeviceMeta, Settlement } from "../log/device-log.ts";
import type { Row } from "../log/row.ts";
import { background, report } from "../report.ts";
import { backOff } from "./back-off.ts";
import { MAX_BATCH_ENTRIES, nextBatch } from "./batch.ts";
import { EdgeError, type EdgeClient } from "./edge-client.ts";

export interface DelivererOptions {
  /** What is to be delivered, as all pages of the device know it; at most `limit` rows. */
  pending: (limit: number) => Promise<{ meta: DeviceMeta; rows: Row[] } | undefined>;
  edge: EdgeClient;
  /** Names the lock that lets one page of the device deliver at a time. */
  lock: string;
  /** The edge's time by this device's present reckoning, ms. */
  now: () => number;
  /** Applies what came back; `manifest` is the hash to hold. */
  settle: (settlement: Settlement, manifest: string) => Promise<void>;
  /** The edge knows this device as another customer's. */
  taken: () => Promise<void>;
}

/**
 * Brings the log to the edge and back: in batches, one page of the device at a time, again and again until it is
 * acknowledged. Entries leave at least once; the edge counts an id once.
 */
export class Deliverer {
  /** The customer's signed token, where the shop has given one. */
  token: string | undefined;
  readonly #options: DelivererOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<boolean> | undefined;
  #failures = 0;
  #notBefore = 0;
  /** What this page has recorded and not seen acknowledged: at hand when there is no time to read the log. */
  #unsent: Entry[] = [];
  #meta: DeviceMeta | undefined;

  constructor(options: DelivererOptions) {
    this.#options = options;
  }

  /** Delivers after `delay` ms, or later where the edge has asked for it. Further calls join the one that waits. */
  schedule(delay: number, entry?: Entry): void {
    if (entry) this.#unsent.push(entry);
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(
      () => background(this.deliver()),
      Math.max(delay, this.#notBefore - performance.now()),
    );
  }

  /** Delivers and fetches until both logs are equal; says whether it came to that. */
  async deliver(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // One after another: a call may have started before what this one is asked to deliver was there.
    const running = (this.#running ?? Promise.resolve(true)).then(() => this.#attempt());
    this.#running = running;
    return running;
  }

  /** This device is somebody else from now on: neither the token nor what was recorded before goes with it. */
  forget(): void {
    this.token = undefined;
    this.#unsent = [];
    this.#meta = undefined;
  }

  /** The page is being hidden, perhaps for good: sends what it has without waiting for an answer. */
  flush(): void {
    const { entries } = nextBatch(
      this.#unsent.map((entry, n) => ({ n, entry })),
      0,
    );
    if (!this.#meta || entries.length === 0) return;
    this.#options.edge.beacon({ ...this.#head(this.#meta), entries });
  }

  async #attempt(): Promise<boolean> {
    try {
      const work = (): Promise<void> => this.#work();
      // Without Web Locks (no secure context) two pages may send the same entries: they count once all the same.
      await (navigator.locks ? navigator.locks.request(this.#options.lock, work) : work());
      this.#failures = 0;
      return true;
    } catch (error) {
      await this.#fail(error);
      return false;
    }
  }

  async #work(): Promise<void> {
    const { edge, settle } = this.#options;
    for (;;) {
      const pending = await this.#options.pending(MAX_BATCH_ENTRIES + 1);
      if (!pending) return;
      this.#meta = pending.meta;
      const { meta } = pending;
      const batch = nextBatch(pending.rows, meta.delivered);
      const answer = await edge.sync({ ...this.#head(meta), entries: batch.entries });
      for (const { reason, message } of answer.rejected)
        report(`rejected_${reason}`, `the edge refused an entry: ${message}`);
      const sent = new Set(batch.entries.map(({ id }) => id));
      this.#unsent = this.#unsent
        .filter(({ id }) => !sent.has(id))
        .map((entry) => ({ ...entry, timestamp: entry.timestamp + answer.shift }));
      const settlement: Settlement = {
        meta: {
          delivered: batch.upTo,
          log: answer.log,
          cursor: answer.cursor,
          shift: meta.shift + answer.shift,
        },
        timestamps: answer.timestamps,
        gained: answer.entries,
        shift: { after: batch.upTo, by: answer.shift },
      };
      this.#meta = { ...meta, ...settlement.meta };
      await settle(settlement, answer.manifest);
      if (!answer.more && batch.upTo === (pending.rows.at(-1)?.n ?? batch.upTo)) return;
    }
  }

  #head(meta: DeviceMeta) {
    return {
      device: meta.device,
      sentAt: this.#options.now(),
      ...(this.token !== undefined && { identity: this.token }),
      ...(meta.log !== undefined && { log: meta.log }),
      cursor: meta.cursor,
    };
  }

  async #fail(error: unknown): Promise<void> {
    const code = error instanceof EdgeError ? error.code : undefined;
    if (code === "token_invalid" && this.token !== undefined) {
      report(code, "the edge refused the identity token; going on as an anonymous device");
      this.token = undefined;
      return this.schedule(0);
    }
    if (code === "device_taken") {
      const { token } = this;
      this.forget();
      this.token = token;
      await this.#options.taken();
      return this.schedule(0);
    }
    const wait = Math.max(
      backOff(++this.#failures, Math.random()),
      (error instanceof EdgeError ? error.retryAfter : undefined) ?? 0,
    );
    this.#notBefore = performance.now() + wait;
    report("not_delivered", "the edge was not reached; everything is kept and sent again later", error);
    this.schedule(wait);
  }
}
