import type { Entry } from "@murmur/core";
import type { Consent } from "../consent/consent.ts";
import { localNow } from "../device/page-clock.ts";
import type { DeviceMeta, LeftBehind, Settlement, View } from "../log/device-log.ts";
import type { Row } from "../log/row.ts";
import { background, report } from "../report.ts";
import { backOff } from "./back-off.ts";
import { MAX_BATCH_ENTRIES, nextBatch, type Batch } from "./batch.ts";
import { EdgeError, type EdgeClient } from "./edge-client.ts";
import type { SyncRequest, SyncResponse } from "./sync-protocol.ts";

/** The longest wait, ms: whatever the edge asks for, a timer of more than 24 days would fire at once. */
const LONGEST_WAIT = 36e5;

export interface DelivererOptions {
  /** What is to be delivered, as all pages of the device know it; at most `limit` rows. Needs the definition. */
  pending: (limit: number) => Promise<View>;
  /** What this browser recorded as devices that it no longer is; and that the first so many of one have arrived. */
  leftBehind: () => Promise<LeftBehind[]>;
  takeLeftBehind: (device: string, count: number) => Promise<void>;
  edge: EdgeClient;
  /** Names the lock that lets one page of the device deliver at a time. */
  lock: string;
  /** Applies what came back; `manifest` is the hash to hold. */
  settle: (settlement: Settlement, manifest: string) => Promise<void>;
  /** Told what the edge has taken. */
  onDelivered: (entries: readonly Entry[]) => void;
  /** What the shopper allows. */
  consent: () => Consent;
  /** The edge knows this device as another customer's than the token's. */
  taken: (subject: string) => Promise<void>;
}

/** The customer's signed token, and whom it names. */
export interface Token {
  text: string;
  subject: string;
}

/**
 * Brings the log to the edge and back: in batches, one page of the device at a time, again and again until it is
 * acknowledged. Entries leave at least once; the edge counts an id once.
 */
export class Deliverer {
  token: Token | undefined;
  readonly #options: DelivererOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<boolean> = Promise.resolve(true);
  /** An attempt that has not begun: whoever asks meanwhile is served by it. */
  #waiting: Promise<boolean> | undefined;
  #failures = 0;
  /** The edge has asked to be left alone until then, by `performance.now()`. */
  #notBefore = 0;
  /** How many entries a call carries; fewer where the edge has refused a whole call. */
  #most = MAX_BATCH_ENTRIES;
  /** What this page has recorded and not seen acknowledged: at hand when there is no time to read the log. */
  #unsent: { device: string; row: Row }[] = [];

  constructor(options: DelivererOptions) {
    this.#options = options;
  }

  /** Delivers after `delay` ms, or later where the edge has asked for it. Further calls join the one that waits. */
  schedule(delay: number, recorded?: { device: string; row: Row }): void {
    if (recorded) this.#unsent.push(recorded);
    if (this.#timer !== undefined) return;
    const wait = Math.max(delay, this.#notBefore - performance.now());
    this.#timer = setTimeout(() => background(this.deliver()), wait);
  }

  /** Delivers after `delay` ms from now, whatever was scheduled before; where the edge has asked for it, later. */
  retry(delay = 0): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.schedule(delay);
  }

  /** Sends nothing more of its own accord. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#unsent = [];
  }

  /** Delivers and fetches until both logs are equal; says whether it came to that. */
  deliver(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting ??= this.#running.then(() => {
      this.#waiting = undefined;
      return (this.#running = this.#attempt());
    });
    return this.#waiting;
  }

  /** The page is being hidden, perhaps for good: sends what it has without waiting for an answer. */
  flush(meta: DeviceMeta): void {
    const own = this.#unsent.filter(({ device, row }) => device === meta.device && row.n > meta.delivered);
    const { entries, upTo } = nextBatch(
      own.map(({ row }) => row),
      0,
      secretOf(meta),
    );
    if (!meta.manifest || entries.length === 0) return;
    // A page is hidden and then left: what the browser has taken goes once, and what did not fit has its chance.
    if (this.#options.edge.beacon(this.#request(meta, entries)))
      this.#unsent = own.filter(({ row }) => row.n > upTo);
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
    for (;;) {
      const { meta, rows } = await this.#options.pending(MAX_BATCH_ENTRIES);
      await sendLeftBehind(this.#options, meta);
      this.#unsent = this.#unsent.filter(
        ({ device, row }) => device === meta.device && row.n > meta.delivered,
      );
      const batch = nextBatch(rows, meta.delivered, secretOf(meta), this.#most);
      const answer = await this.#send(meta, batch);
      if (!answer) continue;
      for (const { reason, message } of answer.rejected)
        report(`rejected_${reason}`, `the edge refused an entry: ${message}`);
      await this.#options.settle(settlementOf(meta, batch, answer), answer.manifest);
      if (batch.entries.length > 0) this.#options.onDelivered(batch.entries);
      const isLast = rows.length < MAX_BATCH_ENTRIES && batch.upTo === (rows.at(-1)?.n ?? batch.upTo);
      if (isLast && !answer.more) return;
    }
  }

  /** Sends a batch. A call that the edge refuses as a whole is made smaller, until the entry at fault stands alone. */
  async #send(meta: DeviceMeta, batch: Batch): Promise<SyncResponse | undefined> {
    try {
      const answer = await this.#options.edge.sync(this.#request(meta, batch.entries));
      this.#most = MAX_BATCH_ENTRIES;
      return answer;
    } catch (error) {
      const [first] = batch.entries;
      if (!isRefusal(error) || !first) throw error;
      if (batch.entries.length > 1) {
        this.#most = Math.ceil(batch.entries.length / 2);
        return undefined;
      }
      this.#most = MAX_BATCH_ENTRIES;
      const { log = "", cursor, manifest } = meta;
      const rejected = [{ id: first.id, reason: "invalid", message: (error as Error).message }];
      return {
        rejected,
        log,
        cursor,
        manifest: manifest?.hash ?? "",
        shift: 0,
        timestamps: {},
        entries: [],
        more: true,
      };
    }
  }

  #request(meta: DeviceMeta, entries: readonly Entry[]): SyncRequest {
    const { device, subject, shift, log, cursor } = meta;
    return {
      device,
      sentAt: localNow() + shift,
      // Another page may have signed out, or somebody else in: a token goes only with the device that it is for.
      ...(this.token && this.token.subject === subject && { identity: this.token.text }),
      ...(log !== undefined && { log }),
      cursor,
      consent: this.#options.consent(),
      entries,
    };
  }

  async #fail(error: unknown): Promise<void> {
    const { code, retryAfter = 0 } = error instanceof EdgeError ? error : {};
    const { token } = this;
    if (code === "token_invalid" && token) {
      report(code, "the edge refused the identity token; going on as an anonymous device");
      this.token = undefined;
      return this.schedule(0);
    }
    if (code === "device_taken" && token) {
      await this.#options.taken(token.subject);
      return this.schedule(0);
    }
    const wait = Math.min(Math.max(backOff(++this.#failures, Math.random()), retryAfter), LONGEST_WAIT);
    this.#notBefore = performance.now() + Math.min(retryAfter, LONGEST_WAIT);
    report("not_delivered", "the edge was not reached; everything is kept and sent again later", error);
    // Somebody may have asked in the meantime, without knowing of this wait.
    this.retry(wait);
  }
}

/** Brings to the edge what earlier devices of this browser had not, in their names: nothing comes back from it. */
async function sendLeftBehind(
  { leftBehind, takeLeftBehind, edge }: DelivererOptions,
  { shift }: DeviceMeta,
): Promise<void> {
  for (const { device, entries } of await leftBehind()) {
    const rows = entries.map((entry, at): Row => ({ n: at + 1, entry }));
    const batch = nextBatch(rows, 0);
    const sentAt = localNow() + shift;
    await edge.sync({ device, sentAt, cursor: 0, entries: batch.entries }).catch((error: unknown) => {
      // What the edge will never take must not stand in the way of what comes after it.
      if (!isRefusal(error)) throw error;
      report("left_behind_refused", "the edge refused what was recorded before a sign-out", error);
    });
    await takeLeftBehind(device, batch.upTo);
  }
}

/** Whether the edge has refused a call as a whole, and will again. */
function isRefusal(error: unknown): boolean {
  return error instanceof EdgeError && (error.status === 400 || error.status === 413);
}

function settlementOf(meta: DeviceMeta, batch: Batch, answer: SyncResponse): Settlement {
  const { log, cursor, shift, timestamps, rejected, entries } = answer;
  return {
    device: meta.device,
    meta: { delivered: batch.upTo, log, cursor, shift: meta.shift + shift + localNow() - Date.now() },
    timestamps,
    rejected: rejected.flatMap(({ id }) => (id === null ? [] : [id])),
    gained: entries,
    shift: { after: meta.delivered, by: shift, sent: new Set(batch.entries.map(({ id }) => id)) },
  };
}

/** Names of the events that never leave the device. */
function secretOf({ manifest }: DeviceMeta): readonly string[] {
  return manifest?.definition.private ?? [];
}
