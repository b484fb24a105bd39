import type { Entry } from "@murmur/core";
import type { Consent } from "../consent/consent.ts";
import type { DeviceState } from "../device/device-state.ts";
import { localNow } from "../device/page-clock.ts";
import { leave, settle, takeLeftBehind, type LeftBehind, type Settlement } from "../log/changes.ts";
import type { DeviceMeta } from "../log/device-meta.ts";
import type { Row } from "../log/row.ts";
import { background, report } from "../report.ts";
import { backOff } from "./back-off.ts";
import { MAX_BATCH_ENTRIES, nextBatch, type Batch } from "./batch.ts";
import { EdgeError, type EdgeClient } from "./edge-client.ts";
import type { SyncRequest, SyncResponse } from "./sync-protocol.ts";

/** How long the first call of a page waits for what the page has to say, ms: so that most pages need one call. */
export const FIRST_CALL = 100;

/** The longest wait, ms: whatever the edge asks for, a timer of more than 24 days would fire at once. */
const LONGEST_WAIT = 36e5;

export interface DelivererOptions {
  state: DeviceState;
  edge: EdgeClient;
  /** Names the device's cookie, and the lock that lets one of its pages deliver at a time. */
  name: string;
  /** Told when the log may have changed. */
  onSettled: () => void;
  /** Told what the edge has taken. */
  onDelivered: (entries: readonly Entry[]) => void;
  /** What the shopper allows. */
  consent: () => Consent;
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
  /** A manifest that this tag cannot run: a newer tag will. */
  #unknown: string | undefined;

  constructor(options: DelivererOptions) {
    this.#options = options;
  }

  /** Delivers after `delay` ms, or later where the edge has asked for it. Further calls join the one that waits. */
  schedule(delay: number): void {
    const wait = Math.max(delay, this.#notBefore - performance.now());
    this.#timer ??= setTimeout(() => background(this.deliver()), wait);
  }

  /** Delivers after `delay` ms from now, whatever was scheduled before; where the edge has asked for it, later. */
  retry(delay = 0): void {
    this.stop();
    this.schedule(delay);
  }

  /** Sends nothing more, and has the edge erase what it keeps of a device. */
  async forget(device: string): Promise<void> {
    this.stop();
    try {
      await this.#options.edge.forget(device);
    } catch (error) {
      report("not_erased", "the edge was not reached to erase what it keeps of this device", error);
    }
  }

  /** Waits for nothing any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Delivers and fetches until both logs are equal; says whether it came to that. */
  deliver(): Promise<boolean> {
    this.stop();
    this.#waiting ??= this.#running.then(() => {
      this.#waiting = undefined;
      return (this.#running = this.#attempt());
    });
    return this.#waiting;
  }

  /** The page is being hidden, perhaps for good: sends what it has without waiting for an answer. */
  flush(): void {
    const { state, edge } = this.#options;
    const { manifest, meta } = state;
    const rows = unsentOf(state, meta);
    const { entries, upTo } = nextBatch(rows, 0, manifest);
    // A page is hidden and then left: what the browser has taken goes once, and what did not fit has its chance.
    if (manifest && entries.length > 0 && edge.beacon(requestOf(this.#options, meta, entries, this.token)))
      state.unsent = state.unsent.filter(({ row }) => row.n > upTo);
  }

  async #attempt(): Promise<boolean> {
    try {
      const work = (): Promise<void> => this.#work();
      // Without Web Locks (no secure context) two pages may send the same entries: they count once all the same.
      await (navigator.locks ? navigator.locks.request(this.#options.name, work) : work());
      this.#failures = 0;
      return true;
    } catch (error) {
      const { code, retryAfter = 0 } = error instanceof EdgeError ? error : {};
      const { token } = this;
      if (code === "token_invalid" && token) {
        report(code, "the edge refused the identity token; going on as an anonymous device");
        this.token = undefined;
        this.schedule(0);
        return false;
      }
      if (code === "device_taken" && token) {
        // The edge knows this device as another customer's than the token's.
        await this.#options.state.act((transaction, meta) => leave(transaction, meta, token.subject));
        this.schedule(0);
        return false;
      }
      const wait = Math.min(Math.max(backOff(++this.#failures, Math.random()), retryAfter), LONGEST_WAIT);
      this.#notBefore = performance.now() + Math.min(retryAfter, LONGEST_WAIT);
      report("not_delivered", "the edge was not reached; everything is kept and sent again later", error);
      // Somebody may have asked in the meantime, without knowing of this wait.
      this.retry(wait);
      return false;
    }
  }

  async #work(): Promise<void> {
    const { state, onDelivered, consent, onSettled } = this.#options;
    for (;;) {
      // Only with a definition is it known what must never leave the device.
      if (!state.manifest) await this.#adopt();
      if (!consent().analytics) return;
      const { meta, rows, left } = await state.act(async (transaction, meta) => ({
        meta,
        rows: await transaction.rowsAfter(meta.delivered, MAX_BATCH_ENTRIES),
        left: (await transaction.get<LeftBehind[]>("left")) ?? [],
      }));
      for (const each of left) await sendLeftBehind(this.#options, each, meta);
      state.unsent = state.unsent.filter(({ row }) => unsentOf(state, meta).includes(row));
      const batch = nextBatch(rows, meta.delivered, state.manifest, this.#most);
      const answer = await this.#send(meta, batch);
      if (!answer) continue;
      // What was erased meanwhile stays so, and the answer may have brought the cookie back.
      if (!consent().analytics) return state.erase();
      for (const { reason, message } of answer.rejected)
        report(`rejected_${reason}`, `the edge refused an entry: ${message}`);
      const settlement = settlementOf(meta, batch, answer);
      await state.act((transaction, now) => settle(transaction, now, settlement));
      onSettled();
      if (batch.entries.length > 0) onDelivered(batch.entries);
      if (answer.manifest !== state.manifest?.hash && answer.manifest !== this.#unknown) {
        try {
          await this.#adopt(answer.manifest);
          this.schedule(FIRST_CALL);
        } catch (error) {
          // What was delivered is; the definition in force goes on until the next call.
          report(
            "no_manifest",
            "the new definition could not be taken over; going on with the last one",
            error,
          );
        }
      }
      const isLast = rows.length < MAX_BATCH_ENTRIES && batch.upTo === (rows.at(-1)?.n ?? batch.upTo);
      if (isLast && !answer.more) return;
    }
  }

  /** Goes on under another manifest. What the edge had cut for the old one is to come down anew, from the beginning. */
  async #adopt(hash?: string): Promise<void> {
    const { state, edge, consent } = this.#options;
    const manifest = await edge.manifest(hash);
    this.#unknown = manifest.hash;
    // First, so that a definition that this tag cannot run is never kept.
    state.engine.make(manifest);
    this.#unknown = undefined;
    // What was erased meanwhile stays so.
    if (!consent().analytics) return;
    await state.act((transaction, meta) => {
      transaction.put("manifest", manifest);
      meta.manifest = manifest.hash;
      meta.cursor = 0;
    });
  }

  /** Sends a batch. A call that the edge refuses as a whole is made smaller, until the entry at fault stands alone. */
  async #send(meta: DeviceMeta, { entries }: Batch): Promise<SyncResponse | undefined> {
    try {
      const answer = await this.#options.edge.sync(requestOf(this.#options, meta, entries, this.token));
      this.#most = MAX_BATCH_ENTRIES;
      return answer;
    } catch (error) {
      const [first] = entries;
      if (!isRefusal(error) || !first) throw error;
      this.#most = Math.ceil(entries.length / 2);
      if (entries.length > 1) return undefined;
      this.#most = MAX_BATCH_ENTRIES;
      const { log = "", cursor, manifest = "" } = meta;
      const rejected = [{ id: first.id, reason: "invalid", message: (error as Error).message }];
      return { rejected, log, cursor, manifest, shift: 0, timestamps: {}, entries: [], more: true };
    }
  }
}

function requestOf(
  { name, consent }: DelivererOptions,
  { device, subject, shift, log, cursor }: DeviceMeta,
  entries: readonly Entry[],
  token: Token | undefined,
): SyncRequest {
  return {
    device,
    sentAt: localNow() + shift,
    // Another page may have signed out, or somebody else in: a token goes only with the device that it is for.
    ...(token && token.subject === subject && { identity: token.text }),
    ...(log !== undefined && { log }),
    cursor,
    cookie: name,
    consent: consent(),
    entries,
  };
}

/** Brings to the edge what an earlier device of this browser had not, in its name: nothing comes back from it. */
async function sendLeftBehind(
  { state, edge, consent }: DelivererOptions,
  { device, entries }: LeftBehind,
  { shift }: DeviceMeta,
): Promise<void> {
  const rows = entries.map((entry, at): Row => ({ n: at + 1, entry }));
  const batch = nextBatch(rows, 0, state.manifest);
  const sentAt = localNow() + shift;
  await edge.sync({ device, sentAt, cursor: 0, entries: batch.entries }).catch((error: unknown) => {
    // What the edge will never take must not stand in the way of what comes after it.
    if (!isRefusal(error)) throw error;
    report("left_behind_refused", "the edge refused what was recorded before a sign-out", error);
  });
  if (consent().analytics) await state.act((transaction) => takeLeftBehind(transaction, device, batch.upTo));
}

function settlementOf(meta: DeviceMeta, { entries, upTo }: Batch, answer: SyncResponse): Settlement {
  const { log, cursor, shift, timestamps, rejected, entries: gained } = answer;
  return {
    device: meta.device,
    from: meta.delivered,
    delivered: upTo,
    sent: entries.map(({ id }) => id),
    timestamps,
    rejected: rejected.map(({ id }) => id),
    gained,
    log,
    cursor,
    by: shift,
    shift: meta.shift + shift + localNow() - Date.now(),
  };
}

/** The rows of this page that the device has not seen acknowledged. */
function unsentOf({ unsent }: DeviceState, meta: DeviceMeta): Row[] {
  return unsent
    .filter(({ device, row }) => device === meta.device && row.n > meta.delivered)
    .map(({ row }) => row);
}

/** Whether the edge has refused a call as a whole, and will again. */
function isRefusal(error: unknown): boolean {
  return error instanceof EdgeError && (error.status === 400 || error.status === 413);
}
