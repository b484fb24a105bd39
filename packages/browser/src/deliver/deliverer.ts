import type { Entry, Manifest } from "@murmur/core";
import type { DeviceState, Unsent } from "../device/device-state.ts";
import { localNow } from "../device/page-clock.ts";
import { Turns } from "../device/turns.ts";
import { arrive, goOnFrom, leave, settle } from "../log/changes.ts";
import type { DeviceMeta } from "../log/device-meta.ts";
import { background, report } from "../report.ts";
import { backOff } from "./back-off.ts";
import { MAX_BATCH_ENTRIES, nextBatch } from "./batch.ts";
import type { EdgeClient, Refusal } from "./edge-client.ts";
import type { Checkpoint, SyncResponse } from "./sync-protocol.ts";
import { saidIn, syncRequest, type Sender, type Token } from "./sync-request.ts";

/** How long the first call of a page waits for what the page has to say, ms: so that most pages need one call. */
export const FIRST_CALL = 100;

/** The longest wait, ms: whatever the edge asks for, a timer of more than 24 days would fire at once. */
const LONGEST_WAIT = 36e5;

export interface DelivererOptions extends Sender {
  state: DeviceState;
  edge: EdgeClient;
  /** Told when the log may have changed. */
  onSettled: () => void;
  /** Told what the edge has taken. */
  onDelivered: (entries: readonly Entry[]) => void;
}

/**
 * Brings the log to the edge and back: in batches, one page of the device at a time, again and again until it is
 * acknowledged. Entries leave at least once; the edge counts an id once.
 */
export class Deliverer {
  token: Token | undefined;
  readonly #options: DelivererOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #turns = new Turns();
  /** An attempt that has not begun: whoever asks meanwhile is served by it. */
  #waiting: Promise<boolean> | undefined;
  #failures = 0;
  /** How many entries a call carries; fewer where the edge has refused a whole call. */
  #most = MAX_BATCH_ENTRIES;
  /** What the edge has heard of who this is, and of what is allowed. */
  #heard: string | undefined;
  /** A manifest that this tag cannot run: a newer tag will. */
  #unknown: string | undefined;

  constructor(options: DelivererOptions) {
    this.#options = options;
  }

  /** Delivers after `delay` ms. Further calls join the one that waits. */
  schedule(delay: number): void {
    this.#timer ??= setTimeout(() => background(this.deliver()), delay);
  }

  /** Delivers after `delay` ms from now, whatever was scheduled before. */
  retry(delay = 0): void {
    this.stop();
    this.schedule(delay);
  }

  /** Waits for nothing any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Delivers and fetches until both logs are equal; says whether it came to that. */
  deliver(): Promise<boolean> {
    this.stop();
    return (this.#waiting ??= this.#turns.take(() => {
      this.#waiting = undefined;
      return this.#attempt();
    }));
  }

  /** The page is being hidden, perhaps for good: sends what it has without waiting for an answer. */
  flush(): void {
    const { state, edge } = this.#options;
    const { manifest, meta } = state;
    const rows = unsentOf(state, meta).map(({ row }) => row);
    const { entries, upTo } = nextBatch(rows, 0, manifest);
    const request = syncRequest(meta, entries, this.token, this.#options);
    const said = saidIn(request);
    // A page is hidden and then left: what the browser has taken goes once, and what did not fit has its chance.
    if (manifest && (entries[0] || said !== this.#heard) && edge.beacon(request)) {
      this.#heard = said;
      state.unsent = state.unsent.filter(({ row }) => row.n > upTo);
    }
  }

  async #attempt(): Promise<boolean> {
    const { state, name, consent } = this.#options;
    let delay = 0;
    try {
      // Without Web Locks (no secure context, a sandbox) two pages may send the same entries: they count once all the same.
      const isDone = await (navigator.locks && origin !== "null"
        ? navigator.locks.request(name, () => this.#work())
        : this.#work());
      this.#failures = 0;
      return isDone;
    } catch (error) {
      // Nothing is noted any more.
      if (!consent().analytics) return false;
      const { code, wait = 0 } = error as Refusal;
      const { token } = this;
      if (token && code === "token_invalid") {
        report(code);
        this.token = undefined;
      } else if (token && code === "device_taken")
        // The edge knows this device as another customer's than the token's.
        await state.act((transaction, meta) => leave(transaction, meta, token.subject));
      else {
        delay = Math.min(Math.max(backOff(++this.#failures, Math.random()), wait), LONGEST_WAIT);
        report("not_delivered", error);
        // Every page of the device leaves it alone.
        if (wait) await state.act((_transaction, meta) => void (meta.notBefore = state.now(meta) + delay));
      }
    }
    // Somebody may have asked in the meantime, without knowing of this wait.
    this.retry(delay);
    return false;
  }

  async #work(): Promise<boolean> {
    const { state, onDelivered, consent, onSettled } = this.#options;
    // Only with a definition is it known what must never leave the device.
    let adopted = state.manifest ? undefined : await this.#manifest();
    // What goes with it: under another definition, a checkpoint is of no use.
    let checkpoint: Checkpoint | null | undefined;
    for (;;) {
      if (!consent().analytics) return false;
      // What has asked for a call until now is served by this one.
      this.stop();
      const { meta, rows } = await state.act(async (transaction, meta) => {
        if (adopted) {
          transaction.put("manifest", adopted);
          // What the edge had cut for the old one is to come down anew, from the beginning.
          Object.assign(meta, { manifest: adopted.hash, cursor: 0 });
          await goOnFrom(transaction, meta, checkpoint);
        }
        return { meta: { ...meta }, rows: await transaction.rowsAfter(meta.delivered, MAX_BATCH_ENTRIES) };
      });
      adopted = undefined;
      // No number where no wait was asked for. None is longer: the clock was ahead then, and has been set right.
      const wait = meta.notBefore! - state.now(meta);
      if (wait > 0 && wait <= LONGEST_WAIT) {
        this.retry(wait);
        return false;
      }
      state.unsent = unsentOf(state, meta);
      const whose = rows[0]?.device;
      const own = rows.filter(({ device }) => device === whose);
      const { entries, upTo } = nextBatch(own, meta.delivered, state.manifest, this.#most);
      const answer = await this.#send(meta, entries, whose);
      if (!answer) continue;
      // What was erased meanwhile stays so: the answer may have brought the cookie back, and the call the profile at the edge.
      if (!consent().analytics) {
        state.cookie("");
        await this.#options.edge.forget(meta.device);
        return false;
      }
      for (const { reason, message } of answer.rejected) report(`rejected_${reason}`, message);
      const shift = meta.shift + answer.shift + localNow() - Date.now();
      const delivery = { before: meta, upTo, entries, answer, shift };
      await state.act((transaction, now) => (whose ? arrive : settle)(transaction, now, delivery));
      onSettled();
      if (entries[0]) onDelivered(entries);
      if (whose) continue;
      ({ checkpoint } = answer);
      if (![state.manifest?.hash, this.#unknown].includes(answer.manifest))
        try {
          adopted = await this.#manifest(answer.manifest);
          continue;
        } catch (error) {
          // What was delivered is; the definition in force goes on until the next call.
          report("no_manifest", error);
        }
      const isLast = rows.length < MAX_BATCH_ENTRIES && upTo === (rows.at(-1)?.n ?? upTo);
      if (isLast && !answer.more) return true;
    }
  }

  /** A manifest, made ready here: one that this tag cannot run is never kept. */
  async #manifest(hash?: string): Promise<Manifest> {
    const { edge, state } = this.#options;
    const manifest = await edge.manifest(hash);
    this.#unknown = manifest.hash;
    state.engine.make(manifest);
    this.#unknown = undefined;
    return manifest;
  }

  /**
   * Sends entries of this device, or in the name of an earlier one, for which nothing comes back. A call that the edge
   * refuses as a whole is made smaller, until the entry at fault stands alone.
   */
  async #send(
    meta: DeviceMeta,
    entries: readonly Entry[],
    earlier: string | undefined,
  ): Promise<SyncResponse | undefined> {
    const request = syncRequest(meta, entries, this.token, this.#options);
    try {
      const answer = await this.#options.edge.sync(
        earlier ? { device: earlier, sentAt: request.sentAt, cursor: 0, entries } : request,
      );
      this.#most = MAX_BATCH_ENTRIES;
      if (!earlier) this.#heard = saidIn(request);
      return answer;
    } catch (error) {
      const [first] = entries;
      const { status, code } = error as Refusal;
      // Without a code, it is not the edge that has refused it.
      if (!first || !code || (status !== 400 && status !== 413)) throw error;
      if (entries[1]) {
        this.#most = Math.ceil(entries.length / 2);
        return undefined;
      }
      this.#most = MAX_BATCH_ENTRIES;
      const rejected = [{ id: first.id, reason: "invalid", message: (error as Error).message }];
      return { ...meta, rejected, shift: 0, timestamps: {}, entries: [], more: true } as never;
    }
  }
}

/** What this page has recorded that the device has not seen acknowledged. */
function unsentOf({ unsent }: DeviceState, meta: DeviceMeta): Unsent[] {
  return unsent.filter(({ device, row }) => device === meta.device && row.n > meta.delivered);
}
