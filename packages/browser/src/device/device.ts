import type { Entry, Transition } from "@murmur/core";
import { Deliverer } from "../deliver/deliverer.ts";
import { EdgeClient } from "../deliver/edge-client.ts";
import { DeviceLog, type DeviceMeta, type Manifest, type Settlement } from "../log/device-log.ts";
import type { Row } from "../log/row.ts";
import { indexedDbStore } from "../log/indexed-db-store.ts";
import { memoryStore } from "../log/memory-store.ts";
import type { Store } from "../log/store.ts";
import { report } from "../report.ts";
import { Engine } from "./engine.ts";
import { randomId } from "./random-id.ts";
import { tokenSubject } from "./token-subject.ts";

/** How long new entries wait for company before they are delivered, ms. */
const GATHER = 300;
/** How long the first call of a page waits for what the page has to say, ms: so that most pages need one call. */
const FIRST_CALL = 100;
/** How long signing out waits for what is undelivered, ms. */
const LAST_DELIVERY = 3_000;
/** How long a snapshot of the profile may lag behind the log, ms. */
const SAVE_AFTER = 200;

/** An entry before it is placed in time: `at` is by this machine's clock, ms. */
export type Draft<E extends Entry = Entry> = E extends Entry ? Omit<E, "timestamp"> & { at: number } : never;

export interface DeviceOptions {
  /** Where the worker runs. */
  edge: string;
  /** Name of the IndexedDB database. */
  database: string;
  onChange: (transitions: readonly Transition[]) => void;
}

/** This browser as one device: its log, the engine at work on it, and the way to the edge. */
export class Device {
  readonly engine: Engine;
  readonly #database: string;
  readonly #edge: EdgeClient;
  readonly #deliverer: Deliverer;
  #log: DeviceLog;
  #meta: DeviceMeta = freshMeta();
  /** Everything that touches log and engine runs in turn. */
  #turn: Promise<unknown>;
  /** Ends when the device is who it is about to be: what comes later is recorded for that one. */
  #changing: Promise<void> = Promise.resolve();
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor({ edge, database, onChange }: DeviceOptions) {
    this.#database = database;
    this.#log = new DeviceLog(deviceStore(database));
    this.#edge = new EdgeClient(edge);
    this.engine = new Engine({
      rows: () => this.#log.rowsAfter(0),
      now: () => this.now(),
      onChange: (transitions) => {
        this.#saving ??= setTimeout(() => void this.save(), SAVE_AFTER);
        onChange(transitions);
      },
    });
    this.#deliverer = this.#createDeliverer();
    this.#turn = this.#start();
  }

  /** The edge's time, ms, by what is known of this machine's clock. */
  now(): number {
    return Date.now() + this.#meta.shift;
  }

  /** Resolves when everything asked for before has been done. */
  async settled(): Promise<void> {
    await this.#inTurn(async () => {});
  }

  get id(): string {
    return this.#meta.device;
  }

  /** Keeps an entry and lets the engine see it; resolves when it is on disk. */
  async append(draft: Draft): Promise<void> {
    await this.#changing;
    await this.#inTurn(async () => {
      const { at, ...rest } = draft;
      const entry = { ...rest, timestamp: at + this.#meta.shift } as Entry;
      const rows = await this.#kept((log) => log.append(entry, this.engine.seen));
      await this.engine.feed(rows);
      this.#deliverer.schedule(GATHER, entry);
    });
  }

  /** Joins the customer that the token names. A token of somebody else makes this browser another device. */
  join(token: string): Promise<void> {
    const subject = tokenSubject(token);
    if (subject !== undefined) return this.#change(() => this.#join(token, subject));
    report("token_unreadable", "identify was given a token that is no JWT");
    return Promise.resolve();
  }

  /** Delivers what there is, then forgets everything and starts as a device that nobody knows. */
  restart(): Promise<void> {
    return this.#change(() => this.#restart());
  }

  deliver(): Promise<boolean> {
    return this.settled().then(() => this.#deliverer.deliver());
  }

  /** The page is being hidden: nothing may wait any longer. */
  flush(): void {
    this.#deliverer.flush();
    void this.save();
  }

  /** Keeps a snapshot of the profile, so that the next page need not read the log. */
  save(): Promise<void> {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    return this.#inTurn(async () => {
      const saved = this.engine.save();
      if (saved) await this.#kept((log) => log.saveProfile(saved));
    });
  }

  /** Who this device is changes in turn, too; after the entries that were recorded before. */
  #change(work: () => Promise<void>): Promise<void> {
    const changed = this.#changing.then(() => this.settled()).then(work);
    this.#changing = changed.catch(() => {});
    return changed;
  }

  async #join(token: string, subject: string): Promise<void> {
    if (this.#meta.subject !== undefined && this.#meta.subject !== subject) await this.#restart();
    if (this.#meta.subject !== subject) await this.#inTurn(() => this.#patchMeta({ subject }));
    this.#deliverer.token = token;
    this.#deliverer.schedule(FIRST_CALL);
  }

  async #restart(): Promise<void> {
    await Promise.race([
      this.#deliverer.deliver(),
      new Promise((resolve) => setTimeout(resolve, LAST_DELIVERY)),
    ]);
    this.#deliverer.forget();
    await this.#restartNow();
  }

  async #start(): Promise<void> {
    const opened = await this.#kept((log) => log.open(this.#meta));
    this.#meta = opened.meta;
    const { manifest } = opened.meta;
    if (manifest) await this.engine.start(manifest, opened.saved, opened.rows);
    else void this.#fetchManifest();
    this.#deliverer.schedule(FIRST_CALL);
  }

  /** The first manifest; until it is here, events are kept and nothing is evaluated. */
  async #fetchManifest(): Promise<void> {
    try {
      await this.#adopt(await this.#edge.manifest());
    } catch (error) {
      report("no_manifest", "the definition could not be fetched; events are kept until it can", error);
    }
  }

  async #settle(settlement: Settlement, hash: string): Promise<void> {
    const { manifest } = this.#meta;
    const next = manifest?.hash === hash ? undefined : await this.#edge.manifest(hash);
    await this.#inTurn(async () => {
      const rows = await this.#kept((log) => log.settle(settlement, this.engine.seen));
      this.#meta = { ...this.#meta, ...settlement.meta };
      const moved = settlement.shift.by !== 0 || Object.keys(settlement.timestamps).length > 0;
      if (moved) await this.engine.rebuild();
      else await this.engine.feed(rows);
    });
    if (next) await this.#adopt(next);
  }

  /** Goes on under another manifest. What the edge had cut for the old one comes down anew, from the beginning. */
  async #adopt(manifest: Manifest): Promise<void> {
    await this.#inTurn(async () => {
      await this.#patchMeta({ manifest, cursor: 0 });
      await this.engine.rebuild(manifest);
    });
    this.#deliverer.schedule(0);
  }

  #restartNow(): Promise<void> {
    return this.#inTurn(async () => {
      const { shift, manifest } = this.#meta;
      this.#meta = { ...freshMeta(), shift, ...(manifest && { manifest }) };
      await this.#kept((log) => log.restart(this.#meta));
      this.engine.clear();
    });
  }

  async #patchMeta(patch: Partial<DeviceMeta>): Promise<void> {
    this.#meta = { ...this.#meta, ...patch };
    await this.#kept((log) => log.patchMeta(patch));
  }

  /** Uses the log; where the browser refuses to keep anything, goes on in memory, and says so once. */
  async #kept<Result>(use: (log: DeviceLog) => Promise<Result>): Promise<Result> {
    try {
      return await use(this.#log);
    } catch (error) {
      report("storage_refused", "the browser keeps no data here; going on in memory for this page", error);
      await this.#moveToMemory();
      return use(this.#log);
    }
  }

  /** What can still be read of the log on disk comes along. */
  async #moveToMemory(): Promise<void> {
    const disk = this.#log;
    this.#log = new DeviceLog(memoryStore());
    await this.#log.open(this.#meta);
    const rows: Row[] = await disk.rowsAfter(0).catch(() => []);
    await this.#log.adopt(rows);
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work);
    this.#turn = result.catch((error: unknown) =>
      report("internal", "an unexpected fault; please report it", error),
    );
    return result;
  }

  #createDeliverer(): Deliverer {
    return new Deliverer({
      pending: (limit) => this.#inTurn(() => this.#kept((log) => log.pending(limit))),
      edge: this.#edge,
      lock: `murmur ${this.#database}`,
      now: () => this.now(),
      settle: (settlement, manifest) => this.#settle(settlement, manifest),
      taken: () => this.#restartNow(),
    });
  }
}

function freshMeta(): DeviceMeta {
  return { device: randomId(), shift: 0, delivered: 0, cursor: 0 };
}

function deviceStore(database: string): Store {
  return typeof indexedDB === "undefined" ? memoryStore() : indexedDbStore(database);
}
