import type { Entry, Transition } from "@murmur/core";
import type { Consent } from "../consent/consent.ts";
import { Deliverer } from "../deliver/deliverer.ts";
import { EdgeClient } from "../deliver/edge-client.ts";
import type { Draft, Settlement } from "../log/device-log.ts";
import { fallbackStore } from "../log/fallback-store.ts";
import { indexedDbStore } from "../log/indexed-db-store.ts";
import { background, report } from "../report.ts";
import { DeviceState } from "./device-state.ts";
import { PageChannel } from "./page-channel.ts";
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
  /** Told what the edge has taken. */
  onDelivered: (entries: readonly Entry[]) => void;
  /** Told when another page of the device has erased everything. */
  onErased: () => void;
}

/** This browser as one device: what it knows, its way to the edge, and who it belongs to. */
export class Device {
  readonly state: DeviceState;
  readonly #edge: EdgeClient;
  readonly #deliverer: Deliverer;
  readonly #channel: PageChannel;
  readonly #consent: () => Consent;
  /** Ends when the device is who it is about to be: what comes later is recorded for that one. */
  #changing: Promise<void> = Promise.resolve();
  /** A manifest that this tag cannot run: a newer tag will. */
  #unknown: string | undefined;

  constructor({ edge, database, onChange, onDelivered, onErased }: DeviceOptions, consent: () => Consent) {
    const store = fallbackStore(indexedDbStore(database), (cause) =>
      report("storage_refused", "the browser keeps no data here; going on in memory for this page", cause),
    );
    this.state = new DeviceState(store, onChange);
    this.#consent = consent;
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
      onDelivered,
      consent,
      taken: (subject) => this.state.restart(subject),
    });
    const refresh = (): void => {
      if (consent().analytics) background(this.state.refresh());
    };
    const follow = async (): Promise<void> => ((await this.state.log.isKept()) ? refresh() : onErased());
    this.#channel = new PageChannel(`murmur ${database}`, refresh, onErased, () => {
      if (consent().analytics) background(follow());
    });
  }

  /** Changes who this device is, or what is allowed to it: in turn, and after the entries that were recorded before. */
  change(work: () => Promise<void>): Promise<void> {
    const changed = this.#changing.then(() => this.state.settled()).then(work);
    this.#changing = changed.catch(() => {});
    return changed;
  }

  /** Goes on from what is kept of earlier pages. */
  async start(): Promise<void> {
    // Whatever is amiss with what was kept, what comes now is delivered.
    await this.state.start().finally(() => this.#deliverer.schedule(FIRST_CALL));
    // Until the first definition is here, events are kept and nothing is evaluated.
    if (!this.state.meta.manifest) this.#deliverer.schedule(0);
  }

  /** Forgets everything, on this page, on the others and on disk. */
  async erase(): Promise<void> {
    this.#deliverer.stop();
    await this.state.erase();
    this.#channel.erased();
  }

  /** Keeps an entry and lets the engine see it; resolves when it is on disk. */
  async append(draft: Draft): Promise<void> {
    await this.#changing;
    this.#deliverer.schedule(GATHER, await this.state.append(draft));
    this.#channel.changed();
  }

  /** Joins the customer that the token names; without one, none. A token of somebody else makes another device. */
  async join(token: string | undefined): Promise<void> {
    const subject = token && token.length <= MAX_TOKEN ? tokenSubject(token) : undefined;
    if (!token || subject === undefined) {
      this.#deliverer.token = undefined;
      if (token) {
        const message = `identify was given a token that is no JWT, or longer than ${MAX_TOKEN} characters`;
        report("token_unreadable", message);
      }
      return;
    }
    const known = (await this.state.log.pending(1)).meta.subject;
    if (known !== undefined && known !== subject) await this.restart();
    if (known !== subject) await this.state.joined(subject);
    this.#deliverer.token = { text: token, subject };
    this.#deliverer.schedule(FIRST_CALL);
  }

  /** Delivers what there is, then forgets everything and starts as a device that nobody knows. */
  async restart(): Promise<void> {
    await Promise.race([
      this.#deliverer.deliver(),
      new Promise((resolve) => setTimeout(resolve, LAST_DELIVERY)),
    ]);
    this.#deliverer.token = undefined;
    await this.state.restart();
    this.#channel.changed();
  }

  /** Delivers and fetches now; says whether the edge was reached. */
  async deliver(): Promise<boolean> {
    await this.state.settled();
    return this.#deliverer.deliver();
  }

  /** The network is back. */
  retry(): void {
    this.#deliverer.retry();
  }

  /** The page is being hidden, perhaps to be `kept` for later: nothing may wait any longer. */
  flush(kept: boolean): void {
    // A page that sleeps in mid-transaction is thrown out of the cache by the next one; the snapshot can wait.
    if (kept) this.state.saving.cancel();
    else background(this.state.saving.now());
    this.#deliverer.flush(this.state.meta);
  }

  async #settle(settlement: Settlement, hash: string): Promise<void> {
    // What was erased meanwhile stays so.
    if (!this.#consent().analytics) return;
    await this.state.settle(settlement);
    this.#channel.changed();
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
