import { load, type Manifest, type Transition } from "@murmur/core";
import { DeviceLog, type DeviceMeta, type Draft, type Settlement, type View } from "../log/device-log.ts";
import type { Row } from "../log/row.ts";
import type { Store } from "../log/store.ts";
import { background } from "../report.ts";
import { Engine } from "./engine.ts";
import { LateSave } from "./late-save.ts";
import { localNow } from "./page-clock.ts";
import { randomId } from "./random-id.ts";
import { Turns } from "./turns.ts";

/**
 * What this device is and knows: its log, and the engine at work on it. Whatever touches them runs in turn. Other
 * pages of the device may have changed the log meanwhile; each call follows what it finds.
 */
export class DeviceState {
  readonly engine: Engine;
  /** Whole by itself: what the engine need not hear of may be asked of it at any time. */
  readonly log: DeviceLog;
  #meta: DeviceMeta = freshMeta();
  /** The generation of the log that the engine has seen. */
  #generation: number | undefined;
  readonly #turns = new Turns();
  /** Keeps snapshots of the profile, so that the next page need not read the log. */
  readonly saving = new LateSave(() =>
    this.#turns.take(async () => {
      const saved = this.engine.save();
      const { device } = this.#meta;
      if (saved) await this.log.saveProfile({ ...saved, device, generation: this.#generation as number });
    }),
  );

  constructor(store: Store, onChange: (transitions: readonly Transition[]) => void) {
    this.log = new DeviceLog(store, this.#meta);
    this.engine = new Engine({
      rows: () => this.log.rowsAfter(0),
      now: () => this.now(),
      onChange: (transitions) => {
        this.saving.soon(transitions.length);
        onChange(transitions);
      },
    });
  }

  get meta(): Readonly<DeviceMeta> {
    return this.#meta;
  }

  /** The edge's time, ms, by what is known of this machine's clock. */
  now(): number {
    return localNow() + this.#meta.shift;
  }

  /** Reads what is kept of earlier pages; says whether there is a definition to evaluate. */
  start(): Promise<boolean> {
    return this.#turns.take(async () => {
      const { meta, saved, rows } = await this.log.open();
      this.#meta = meta;
      this.#generation = meta.generation;
      if (!meta.manifest) return false;
      await this.engine.start(meta.manifest, saved, rows);
      return true;
    });
  }

  /** Resolves when everything asked for before has been done. */
  settled(): Promise<void> {
    return this.#turns.take(async () => {});
  }

  /** Whether segments may be evaluated. When no longer, every one is left, and the profile is forgotten. */
  personalize(allowed: boolean): Promise<void> {
    return this.#turns.take(async () => {
      if ((await this.engine.allow(allowed)) && !allowed) await this.log.dropProfile();
    });
  }

  /** Forgets everything, here and on disk. */
  erase(): Promise<void> {
    return this.#turns.take(async () => {
      await this.engine.allow(false);
      this.saving.cancel();
      this.#meta = freshMeta();
      await this.log.erase(this.#meta);
    });
  }

  /** Lets the engine see what other pages of this device have written. */
  refresh(): Promise<void> {
    return this.#turns.take(async () => this.#follow(await this.log.view(this.engine.seen)));
  }

  /** Keeps an entry and lets the engine see it; resolves with the row as it is on disk, and whose it is. */
  append(draft: Draft): Promise<{ device: string; row: Row }> {
    return this.#turns.take(async () => {
      const { row, ...view } = await this.log.append(draft, this.engine.seen);
      await this.#follow(view);
      return { device: view.meta.device, row };
    });
  }

  /** Applies what a delivery brought. */
  settle(settlement: Settlement): Promise<void> {
    return this.#turns.take(async () => {
      const view = await this.log.settle(settlement, this.engine.seen);
      // In one go with what it says of the shift.
      localNow(true);
      await this.#follow(view);
    });
  }

  /** Goes on under another manifest. What the edge had cut for the old one is to come down anew, from the beginning. */
  adopt(manifest: Manifest): Promise<void> {
    return this.#turns.take(async () => {
      // First, so that a definition that this tag cannot run is never kept.
      const program = load(manifest);
      this.#meta = await this.log.patchMeta(this.#meta.device, { manifest, cursor: 0 });
      const { manifest: kept } = this.#meta;
      // Another page may have made this another device meanwhile, with a definition of its own.
      await this.engine.rebuild(kept?.hash === manifest.hash ? program : kept && load(kept));
    });
  }

  /** Remembers the customer that this device has joined. */
  joined(subject: string): Promise<void> {
    return this.#turns.take(async () => {
      this.#meta = await this.log.patchMeta(this.#meta.device, { subject });
    });
  }

  /** Forgets everything and goes on as a device that nobody knows, or that belongs to `subject` from now on. */
  restart(subject?: string): Promise<void> {
    return this.#turns.take(async () => {
      const meta = await this.log.restart({ ...freshMeta(), ...(subject !== undefined && { subject }) });
      await this.#follow({ meta, rows: [] });
    });
  }

  /** Takes over what the log says of the device, and lets the engine see what is new. */
  async #follow({ meta, rows }: View): Promise<void> {
    const manifest = meta.manifest?.hash === this.#meta.manifest?.hash ? undefined : meta.manifest;
    if (meta.shift !== this.#meta.shift) localNow(true);
    const rewritten = meta.generation !== this.#generation || manifest !== undefined;
    this.#meta = meta;
    if (rewritten) await this.engine.rebuild(manifest && load(manifest));
    else await this.engine.feed(rows);
    // Only now: a profile that could not be made anew must not be kept as one of this generation.
    this.#generation = meta.generation;
    if (this.saving.unsaved > 0) background(this.saving.now());
  }
}

function freshMeta(): DeviceMeta {
  return { device: randomId(), generation: 0, shift: 0, delivered: 0, cursor: 0 };
}
