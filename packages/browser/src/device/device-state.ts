import type { Entry, Transition } from "@murmur/core";
import { DeviceLog, type DeviceMeta, type Manifest, type Settlement } from "../log/device-log.ts";
import type { Row } from "../log/row.ts";
import type { Store } from "../log/store.ts";
import { background } from "../report.ts";
import { Engine } from "./engine.ts";
import { randomId } from "./random-id.ts";

/** How long a snapshot of the profile may lag behind the log, ms. */
const SAVE_AFTER = 200;

/** An entry before it is placed in time: `at` is by this machine's clock, ms. */
export type Draft<E extends Entry = Entry> = E extends Entry ? Omit<E, "timestamp"> & { at: number } : never;

/** What this device is and knows: its log, and the engine at work on it. Whatever touches them runs in turn. */
export class DeviceState {
  readonly engine: Engine;
  readonly #log: DeviceLog;
  #meta: DeviceMeta = freshMeta();
  #turn: Promise<unknown> = Promise.resolve();
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Store, onChange: (transitions: readonly Transition[]) => void) {
    this.#log = new DeviceLog(store);
    this.engine = new Engine({
      rows: () => this.#log.rowsAfter(0),
      now: () => this.now(),
      onChange: (transitions) => {
        this.#saving ??= setTimeout(() => background(this.save()), SAVE_AFTER);
        onChange(transitions);
      },
    });
  }

  get id(): string {
    return this.#meta.device;
  }

  get meta(): Readonly<DeviceMeta> {
    return this.#meta;
  }

  /** The edge's time, ms, by what is known of this machine's clock. */
  now(): number {
    return Date.now() + this.#meta.shift;
  }

  /** Reads what is kept of earlier pages; says whether there is a definition to evaluate. */
  start(): Promise<boolean> {
    return this.#inTurn(async () => {
      const { meta, saved, rows } = await this.#log.open(this.#meta);
      this.#meta = meta;
      if (meta.manifest) await this.engine.start(meta.manifest, saved, rows);
      return meta.manifest !== undefined;
    });
  }

  /** Resolves when everything asked for before has been done. */
  settled(): Promise<void> {
    return this.#inTurn(async () => {});
  }

  /** Keeps an entry and lets the engine see it; resolves with the entry as it is on disk. */
  append(draft: Draft): Promise<Entry> {
    return this.#inTurn(async () => {
      const { at, ...rest } = draft;
      const entry = { ...rest, timestamp: at + this.#meta.shift } as Entry;
      await this.engine.feed(await this.#log.append(entry, this.engine.seen));
      return entry;
    });
  }

  /** What is to be delivered, as all pages of the device know it; at most `limit` rows. */
  pending(limit: number): Promise<{ meta: DeviceMeta; rows: Row[] } | undefined> {
    return this.#inTurn(() => this.#log.pending(limit));
  }

  /** Applies what a delivery brought. */
  settle(settlement: Settlement): Promise<void> {
    return this.#inTurn(async () => {
      const rows = await this.#log.settle(settlement, this.engine.seen);
      this.#meta = { ...this.#meta, ...settlement.meta };
      const moved = settlement.shift.by !== 0 || Object.keys(settlement.timestamps).length > 0;
      if (moved) await this.engine.rebuild();
      else await this.engine.feed(rows);
    });
  }

  /** Goes on under another manifest. What the edge had cut for the old one is to come down anew, from the beginning. */
  adopt(manifest: Manifest): Promise<void> {
    return this.#inTurn(async () => {
      await this.#patch({ manifest, cursor: 0 });
      await this.engine.rebuild(manifest);
    });
  }

  /** Remembers the customer that this device has joined. */
  joined(subject: string): Promise<void> {
    return this.#inTurn(() => this.#patch({ subject }));
  }

  /** Forgets everything and goes on as a device that nobody knows. */
  restart(): Promise<void> {
    return this.#inTurn(async () => {
      const { shift, manifest } = this.#meta;
      this.#meta = { ...freshMeta(), shift, ...(manifest && { manifest }) };
      await this.#log.restart(this.#meta);
      this.engine.clear();
    });
  }

  /** Keeps a snapshot of the profile, so that the next page need not read the log. */
  save(): Promise<void> {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    return this.#inTurn(async () => {
      const saved = this.engine.save();
      if (saved) await this.#log.saveProfile(saved);
    });
  }

  async #patch(patch: Partial<DeviceMeta>): Promise<void> {
    this.#meta = { ...this.#meta, ...patch };
    await this.#log.patchMeta(patch);
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work);
    // Whoever asked for it hears of a fault; what comes next is not held up by it.
    this.#turn = result.catch(() => {});
    return result;
  }
}

function freshMeta(): DeviceMeta {
  return { device: randomId(), shift: 0, delivered: 0, cursor: 0 };
}
