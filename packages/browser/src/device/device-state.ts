import type { Manifest, Transition } from "@murmur/core";
import type { Checkpoint } from "../deliver/sync-protocol.ts";
import { toJson } from "../json.ts";
import { add, keptManifest } from "../log/changes.ts";
import { freshMeta, type DeviceMeta, type SavedProfile } from "../log/device-meta.ts";
import type { Row } from "../log/row.ts";
import type { Store, Transaction } from "../log/store.ts";
import { background } from "../report.ts";
import { Engine } from "./engine.ts";
import { Jobs, type Job } from "./jobs.ts";
import { localNow } from "./page-clock.ts";

/** How long a snapshot of the profile may lag behind the log, ms. */
const SAVE_AFTER = 200;

/** An entry of this page, and whose it is. */
export interface Unsent {
  device: string;
  row: Row;
}

type Work = (transaction: Transaction, meta: DeviceMeta) => unknown;

/** Keeps the device's id beside the store, as far as it may; an empty one removes it. Without one, returns what is kept. */
type Cookie = (id?: string) => string | undefined;

/**
 * What this device is and knows: its log, and the engine at work on it. Whatever touches them runs in turn, each as one
 * transaction. Other pages of the device may have changed the log meanwhile; each follows what it finds.
 */
export class DeviceState {
  readonly engine: Engine;
  /** The definition in force; none before the edge has said it. */
  manifest: Manifest | undefined;
  /** What this page has recorded and not seen acknowledged: at hand when there is no time to read the log, or it is gone. */
  unsent: Unsent[] = [];
  /** Followed, never changed from outside. */
  meta: Readonly<DeviceMeta> = freshMeta();
  /** The generation of the log that the engine has seen. */
  #generation: number | undefined;
  readonly #store: Store;
  /** Keeps the device's id in a cookie, or reads it there. */
  readonly cookie: Cookie;
  readonly jobs = new Jobs<Work>((begin) => this.#run(begin));
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Store, cookie: Cookie, onChange: (transitions: readonly Transition[]) => void) {
    this.#store = store;
    this.cookie = cookie;
    this.engine = new Engine({
      rows: () => store((transaction) => transaction.rowsAfter(0)),
      now: () => this.now(),
      onChange: (transitions) => {
        if (transitions[0]) this.#saveSoon();
        onChange(transitions);
      },
    });
  }

  /** The edge's time, ms, by what is known of this machine's clock. */
  now({ shift } = this.meta): number {
    // A shift that another page has learned is one of the clock as it is.
    return (shift === this.meta.shift ? localNow() : Date.now()) + shift;
  }

  /**
   * Does `work`, which may change what is known of the device, and lets the engine see what is new; what it returns is on
   * disk by then. What waits for its turn at the same time shares one transaction.
   */
  act<Result>(
    work: (transaction: Transaction, meta: DeviceMeta) => Result | Promise<Result>,
  ): Promise<Result> {
    return this.jobs.do(work) as Promise<Result>;
  }

  async #run(begin: () => readonly Job<Work>[]): Promise<void> {
    const { jobs, meta, rows, anew } = await this.#store(async (transaction) => {
      const kept = await transaction.get<DeviceMeta>("meta");
      const meta = kept ? { ...kept } : lostMeta(transaction, this);
      // What was lost, other pages of the device may have found first: each has what it has recorded itself.
      if (meta.generation !== this.#generation)
        for (const own of this.unsent)
          if (own.device === meta.device) own.row = await add(transaction, meta, { entry: own.row.entry });
      const jobs = begin();
      for (const job of jobs) job.result = await job.work(transaction, meta);
      if (toJson(meta) !== toJson(kept)) transaction.put("meta", meta);
      if (this.#isSeen(meta)) return { jobs, meta, rows: await transaction.rowsAfter(this.engine.seen) };
      // Asked for at once; not by the page's own `Promise.all`, which may let the transaction end.
      const asked = [
        keptManifest(transaction),
        transaction.get<SavedProfile>("profile"),
        transaction.get<Checkpoint>("checkpoint"),
      ] as const;
      const [manifest, saved, checkpoint] = [await asked[0], await asked[1], await asked[2]];
      const fits =
        saved?.device === meta.device &&
        saved.generation === meta.generation &&
        saved.snapshot.definition === meta.manifest;
      const anew = { manifest, saved: fits ? saved : undefined, base: checkpoint?.snapshot };
      return { jobs, meta, rows: await transaction.rowsAfter(fits ? saved.n : 0), anew };
    });
    for (const job of jobs) job.isDone = true;
    const { shift, device } = this.meta;
    if (meta.shift !== shift) localNow(true);
    this.meta = meta;
    // To ask the browser for a cookie takes it longer than all the rest.
    if (meta.device !== device || this.#generation === undefined) this.cookie(meta.device);
    if (anew || rows[0]) this.#saveSoon();
    if (anew) {
      this.manifest = anew.manifest;
      this.engine.base = anew.base;
      await this.engine.renew(anew.manifest, anew.saved, rows);
    } else await this.engine.feed(rows);
    // Only now: a profile that could not be made anew must not be kept as one of this generation.
    this.#generation = meta.generation;
  }

  /** Keeps a snapshot of the profile, so that the next page need not read the log. */
  keep(transaction: Transaction, meta: DeviceMeta): void {
    this.cancelSave();
    const { device, generation } = meta;
    const saved = this.#isSeen(meta) && this.engine.save();
    if (saved) transaction.put("profile", { ...saved, device, generation });
  }

  /** The snapshot can wait: the next page will make it anew. */
  cancelSave(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
  }

  /** Whether segments may be evaluated. When no longer, every one is left, and the profile is forgotten. */
  async personalize(allowed: boolean): Promise<void> {
    await this.jobs.take(async () => {
      if (!this.engine.allow(allowed)) return;
      if (allowed) this.#generation = undefined;
      else await this.#store(async (transaction) => transaction.put("profile", undefined));
    });
  }

  /**
   * Forgets everything, here and on disk, if `whose` names a device; returns what it does. After a no `elsewhere`, another device
   * may have begun there by now, which stays. The profile has gone before, with the leave to make one.
   */
  erase<Named extends string | false | undefined>(
    whose: () => Named | Promise<Named>,
    elsewhere?: boolean,
  ): Promise<Named> {
    return this.jobs.take(async () => {
      const erased = await whose();
      if (erased) {
        this.cancelSave();
        this.meta = freshMeta();
        this.#generation = undefined;
        this.unsent = [];
        await this.#store(async (transaction) => {
          if (elsewhere && (await transaction.get<DeviceMeta>("meta"))?.device !== erased) return;
          this.cookie("");
          transaction.clear();
        });
      }
      return erased;
    });
  }

  #isSeen({ device, generation, manifest }: DeviceMeta): boolean {
    const known = this.meta;
    return generation === this.#generation && device === known.device && manifest === known.manifest;
  }

  #saveSoon(): void {
    this.#saving ??= setTimeout(
      () =>
        background(
          this.jobs.take(async () => {
            // Looked at in its turn: where it was called off while it waited, what was erased would be made anew.
            if (this.#saving)
              await this.#run(() => [{ work: (transaction, meta) => this.keep(transaction, meta) }]);
          }),
        ),
      SAVE_AFTER,
    );
  }
}

/** Where what was known of the device is lost, its log begins again. */
function lostMeta(transaction: Transaction, state: DeviceState): DeviceMeta {
  const { meta, manifest } = state;
  transaction.put("manifest", manifest);
  return { ...freshMeta(meta), device: state.cookie() ?? meta.device };
}
