import type { Entry, Transition } from "@murmur/core";
import type { Consent } from "../consent/consent.ts";
import { Deliverer, FIRST_CALL } from "../deliver/deliverer.ts";
import { edgeClient } from "../deliver/edge-client.ts";
import { toJson } from "../json.ts";
import { add, claim, leave } from "../log/changes.ts";
import type { DeviceMeta } from "../log/device-meta.ts";
import { fallbackStore } from "../log/fallback-store.ts";
import { indexedDbStore } from "../log/indexed-db-store.ts";
import { keptDevice } from "../log/kept-device.ts";
import { background, report } from "../report.ts";
import { deviceCookie } from "./device-cookie.ts";
import { DeviceState } from "./device-state.ts";
import { pageChannel, type PageChannel } from "./page-channel.ts";
import { tokenSubject } from "./token-subject.ts";
import { Turns } from "./turns.ts";

/** How long new entries wait for company before they are delivered, ms. */
const GATHER = 300;
/** The longest token that the edge takes, characters. */
const MAX_TOKEN = 4_096;
/** How many entries wait in memory for the shopper's word. */
const MAX_HELD = 500;

/** An entry before it is placed in time: `at` is by the page's own time, ms, which nobody can set. */
export type Draft<E extends Entry = Entry> = E extends Entry ? Omit<E, "timestamp"> & { at: number } : never;

export interface DeviceOptions {
  /** Where the worker runs. */
  edge: string;
  /** Name of the IndexedDB database. */
  database: string;
  onChange: (transitions: readonly Transition[]) => void;
  /** Told what the edge has taken. */
  onDelivered: (entries: readonly Entry[]) => void;
  /** Told what the shopper has said on another page of the device; of a no to analytics, that alone. */
  onSaid: (said: Consent) => void;
}

/**
 * This browser as one device: what it knows, its way to the edge, and who it belongs to, as far as the shopper allows it.
 * Until then, nothing is read, written or sent: what happens waits in memory.
 */
export class Device {
  readonly state: DeviceState;
  consent: Consent = {};
  readonly #deliverer: Deliverer;
  readonly #channel: PageChannel;
  /** Who this device is: what comes later is recorded for who it is about to be. */
  readonly #changes = new Turns();
  #held: Draft[] = [];
  /** What is no longer allowed to be kept goes; on a no, also what an earlier page was allowed to. */
  readonly #erase: (
    was: boolean | undefined,
    analytics: boolean | undefined,
    elsewhere?: boolean,
  ) => Promise<void>;
  /** The customer's token, also before it may be used. */
  #token: string | undefined;
  /** The customer has signed out, also before this device may be touched. */
  #left = false;

  constructor({ edge, database, onChange, onDelivered, onSaid }: DeviceOptions) {
    const store = fallbackStore(indexedDbStore(database));
    const name = `murmur_${database.replace(/\W/g, "_")}`;
    const cookie = (id?: string): string | undefined =>
      // Whatever ends after a no: nothing is kept then.
      deviceCookie(name, this.consent.analytics || id === undefined ? id : "");
    // The device that the edge is to erase, until it has: also when it is not reached, or the page goes in the midst of it.
    const owed = (id?: string): string | undefined => deviceCookie(`${name}_erase`, id);
    const state = (this.state = new DeviceState(store, cookie, onChange));
    const client = edgeClient(edge);
    this.#deliverer = new Deliverer({
      state,
      edge: client,
      name,
      onSettled: () => this.#channel.tell(),
      onDelivered,
      consent: () => this.consent,
    });
    const follow = (said?: Consent): void => {
      if (said) return onSaid(said);
      if (!this.consent.analytics) return;
      this.#channel.open();
      background(
        state.act(async (transaction, { said }) => {
          if (!(await transaction.get("meta"))) onSaid({ analytics: false });
          else if (said && this.#channel.said !== (this.#channel.said = toJson(said))) onSaid(said);
        }),
      );
    };
    this.#erase = async (was, analytics, elsewhere) => {
      const erased = await state.erase(
        () =>
          !analytics &&
          (was
            ? state.meta.device
            : // Browsers let the cookie go sooner than the log.
              analytics === false && (state.cookie() ?? keptDevice(database, store))),
        elsewhere,
      );
      if (erased) this.#deliverer.stop();
      // The page on which it was said does the rest.
      if (elsewhere) return;
      if (erased) {
        this.#channel.open();
        this.#channel.tell({ analytics: false });
        owed(erased);
      }
      const device = erased || (analytics !== undefined && owed());
      if (!device) return;
      try {
        await client.forget(device);
        // Another one may be owed by now.
        owed(owed() === device ? "" : undefined);
      } catch (error) {
        report("not_erased", error);
      }
    };
    this.#channel = pageChannel(name, follow);
  }

  /** Follows what the shopper allows from now on, as said here or `elsewhere`; what is not said is pending. */
  allow(consent: Consent, elsewhere?: boolean): void {
    if (toJson(consent) === toJson(this.consent)) return;
    const { state } = this;
    const was = this.consent.analytics;
    const { analytics, personalization } = (this.consent = consent);
    background(state.personalize(!!(analytics && personalization)));
    background(this.#erase(was, analytics, elsewhere));
    if (!analytics) {
      if (analytics === false) this.#held = [];
      this.#deliverer.token = undefined;
      return;
    }
    // Goes on from what is kept of earlier pages. Whatever is amiss with that, what comes now is delivered.
    background(
      state
        .act((_transaction, meta) => {
          this.#channel.open();
          if (elsewhere) return;
          // Else a page that was open before would tell the edge the contrary. What a page finds as it comes is no news.
          if (was !== undefined) this.#channel.tell((meta.said = consent));
          this.#channel.said = toJson(meta.said);
        })
        .finally(() => this.#deliverer.schedule(state.manifest ? FIRST_CALL : 0)),
    );
    // First who this device is: what waited is that customer's whose page this is.
    background(this.#changes.take(() => this.#join()));
    for (const draft of this.#held.splice(0)) background(this.append(draft));
  }

  /** Keeps an entry and lets the engine see it; resolves when it is on disk, or waits for the shopper's word. */
  async append({ at, ...rest }: Draft): Promise<void> {
    const { state } = this;
    await this.#changes.settled();
    // Not sooner: a no may have come while this waited for its turn.
    const { analytics } = this.consent;
    if (!analytics) {
      if (analytics === undefined && this.#held.length < MAX_HELD) this.#held.push({ at, ...rest } as Draft);
      return;
    }
    // By its age: the clock may have been set right since, here or by another page.
    const placed = (meta: DeviceMeta): Entry =>
      ({ ...rest, timestamp: Math.floor(state.now(meta) - performance.now() + at) }) as Entry;
    // At once: what a page records as it goes leaves with it, the disk would be too late.
    const unsent = { device: state.meta.device, row: { n: Infinity, entry: placed(state.meta) } };
    state.unsent.push(unsent);
    await state.act(async (transaction, meta) => {
      unsent.row = await add(transaction, meta, { entry: placed(meta) });
      unsent.device = meta.device;
    });
    this.#deliverer.schedule(GATHER);
    this.#channel.tell();
  }

  /**
   * Joins the customer that the token names, once that is allowed. A token of somebody else makes another device; so does none:
   * everything is forgotten then but what is still to be delivered.
   */
  async join(token?: string): Promise<void> {
    this.#token = token;
    this.#deliverer.token = undefined;
    if (token === undefined) {
      this.#held = [];
      this.#left = true;
    }
    await this.#changes.take(() => this.#join());
  }

  /** Delivers and fetches now; says whether the edge was reached. */
  async deliver(): Promise<boolean> {
    if (!this.consent.analytics) return false;
    // Whoever asks for it does not wait, whatever the edge has asked for.
    await this.state.act((_transaction, meta) => void (meta.notBefore = 0));
    return this.#deliverer.deliver();
  }

  /** The network is back. */
  retry(): void {
    if (this.consent.analytics) this.#deliverer.retry();
  }

  /** The page is being hidden, perhaps for good: nothing may wait any longer. */
  flush(): void {
    if (!this.consent.analytics) return;
    // A page that sleeps in mid-transaction is thrown out of the back/forward cache by the next one.
    this.state.cancelSave();
    this.#deliverer.flush();
  }

  /** Resolves when everything asked for before has been done. */
  async settled(): Promise<void> {
    await this.#changes.settled();
    await this.state.jobs.settled();
  }

  /** Of the transitions, those that are this page's to tell of. */
  async claim(transitions: readonly Transition[]): Promise<readonly Transition[]> {
    // When nothing may be written any more, every page tells of what is left by that.
    return this.consent.analytics
      ? this.state.act((transaction, meta) => {
          // Told and kept at once: the next page does not see them again.
          this.state.keep(transaction, meta);
          return claim(transaction, transitions, this.state.now(meta));
        })
      : transitions;
  }

  async #join(): Promise<void> {
    if (this.#left) await this.#leave();
    const { analytics, marketing } = this.consent;
    if (!analytics) return;
    const token = this.#token;
    const subject = token && token.length <= MAX_TOKEN ? tokenSubject(token) : undefined;
    if (token && !subject) report("token_unreadable");
    // Once it has joined, it does not again by itself: another page may have signed out since, or somebody else in.
    if (!subject || token === this.#deliverer.token?.text) return;
    // Where nobody may be joined, the device is not the former customer's either.
    const joined = marketing ? subject : undefined;
    const isOther = await this.state.act(
      (_transaction, meta) => ((meta.subject ??= joined) ?? subject) !== subject,
    );
    if (isOther) await this.#leave(joined);
    if (joined) this.#deliverer.token = { text: token!, subject };
    this.#deliverer.schedule(FIRST_CALL);
  }

  /** At once: the page may be about to go. What is left behind is delivered after it. */
  async #leave(subject?: string): Promise<void> {
    // What was erased meanwhile stays so.
    if (!this.consent.analytics) return;
    this.#left = false;
    await this.state.act((transaction, meta) => leave(transaction, meta, subject));
    this.#channel.tell();
    this.#deliverer.retry();
  }
}
