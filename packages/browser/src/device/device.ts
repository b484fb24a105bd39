import type { Transition } from "@murmur/core";
import { Deliverer } from "../deliver/deliverer.ts";
import { EdgeClient } from "../deliver/edge-client.ts";
import type { Draft, Settlement } from "../log/device-log.ts";
import { fallbackStore } from "../log/fallback-store.ts";
import { indexedDbStore } from "../log/indexed-db-store.ts";
import { background, report } from "../report.ts";
import { DeviceState } from "./device-state.ts";
import { tokenSubject } from "./token-subject.ts";

/** How long new entries wait for company before they are delivered, ms. */
const GATHER = 300;
/** How long the first call of a page waits for what the page has to say, ms: so that most pages need one call. */
const FIRST_CALL = 100;
/** How long signing out waits for what is undelivered, ms. */
const LAST_DELIVERY = 3_000;
/** The longest token that the edge takes, characters. */
const MAX_TOKEN = 4_096;

export interface DeviceOptions {
  /** Where the worker runs. */
  edge: string;
  /** Name of the IndexedDB database. */
  database: string;
  onChange: (transitions: readonly Transition[]) => void;
}

/** This browser as one device: what it knows, its way to the edge, and who it belongs to. */
export class Device {
  readonly state: DeviceState;
  readonly #edge: EdgeClient;
  readonly #deliverer: Deliverer;
  /** Ends when the device is who it is about to be: what comes later is recorded for that one. */
  #changing: Promise<void> = Promise.resolve();
  /** A manifest that this tag cannot run: a newer tag will. */
  #unknown: string | undefined;

  constructor({ edge, database, onChange }: DeviceOptions) {
    const store = fallbackStore(indexedDbStore(database), (cause) =>
      report("storage_refused", "the browser keeps no data here; going on in memory for this page", cause),
    );
    this.state = new DeviceState(store, onChange);
    this.#edge = new EdgeClient(edge);
    this.#deliverer = new Deliverer({
      pending: async (limit) => {
        // Only with a definition is it known what must never leave the device.
        if (!this.state.meta.manifest) await this.#adopt(undefined);
        return this.state.log.pending(limit);
      },
      leftBehind: () => this.state.log.leftBehind(),
      takeLeftBehind: (device, count) => this.state.log.takeLeftBehind(device, count),
      edge: this.#edge,
      lock: `murmur ${database}`,
      settle: (settlement, manifest) => this.#settle(settlement, manifest),
      taken: (subject) => this.state.restart(subject),
    });
    background(this.#start());
  }

  /** Keeps an entry and lets the engine see it; resolves when it is on disk. */
  async append(draft: Draft): Promise<void> {
    await this.#changing;
    this.#deliverer.schedule(GATHER, await this.state.append(draft));
  }

  /** Joins the customer that the token names. A token of somebody else makes this browser another device. */
  join(token: string): Promise<void> {
    const subject = token.length > MAX_TOKEN ? undefined : tokenSubject(token);
    if (subject !== undefined) return this.#change(() => this.#join(token, subject));
    report(
      "token_unreadable",
      `identify was given a token that is no JWT, or longer than ${MAX_TOKEN} characters`,
    );
    return Promise.resolve();
  }

  /** Delivers what there is, then forgets everything and starts as a device that nobody knows. */
  restart(): Promise<void> {
    return this.#change(() => this.#restart());
  }

  /** Delivers and fetches now; says whether the edge was reached. */
  async deliver(): Promise<boolean> {
    await this.state.settled();
    return this.#deliverer.deliver();
  }

  /** The page is being hidden: nothing may wait any longer. */
  flush(): void {
    background(this.state.save());
    this.#deliverer.flush(this.state.meta);
  }

  /** Who this device is changes in turn, too; after the entries that were recorded before. */
  #change(work: () => Promise<void>): Promise<void> {
    const changed = this.#changing.then(() => this.state.settled()).then(work);
    this.#changing = changed.catch(() => {});
    return changed;
  }

  async #join(token: string, subject: string): Promise<void> {
    const known = (await this.state.log.pending(1)).meta.subject;
    if (known !== undefined && known !== subject) await this.#restart();
    if (known !== subject) await this.state.joined(subject);
    this.#deliverer.token = { text: token, subject };
    this.#deliverer.schedule(FIRST_CALL);
  }

  async #restart(): Promise<void> {
    await Promise.race([
      this.#deliverer.deliver(),
      new Promise((resolve) => setTimeout(resolve, LAST_DELIVERY)),
    ]);
    this.#deliverer.token = undefined;
    await this.state.restart();
  }

  async #start(): Promise<void> {
    // Whatever is amiss with what was kept, what comes now is delivered.
    await this.state.start().finally(() => this.#deliverer.schedule(FIRST_CALL));
    // Until the first definition is here, events are kept and nothing is evaluated.
    if (!this.state.meta.manifest) this.#deliverer.schedule(0);
  }

  async #settle(settlement: Settlement, hash: string): Promise<void> {
    await this.state.settle(settlement);
    if (this.state.meta.manifest?.hash === hash || this.#unknown === hash) return;
    try {
      await this.#adopt(hash);
      this.#deliverer.schedule(FIRST_CALL);
    } catch (error) {
      // What was delivered is; the definition in force goes on until the next call.
      report("no_manifest", "the new definition could not be taken over; going on with the last one", error);
    }
  }

  async #adopt(hash: string | undefined): Promise<void> {
    const manifest = await this.#edge.manifest(hash);
    await this.state.adopt(manifest).catch((error: unknown) => {
      this.#unknown = manifest.hash;
      throw error;
    });
  }
}
