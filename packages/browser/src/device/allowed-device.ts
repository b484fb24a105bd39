import type { Transition } from "@murmur/core";
import type { Consent } from "../consent/consent.ts";
import type { Draft } from "../log/device-log.ts";
import { background } from "../report.ts";
import { Device, type DeviceOptions } from "./device.ts";
import type { DeviceState } from "./device-state.ts";

/** How many entries wait in memory for the shopper's word. */
const MAX_HELD = 500;

/**
 * The device as far as the shopper allows it. Until then, nothing is read, written or sent: what happens waits in memory.
 */
export class AllowedDevice {
  readonly #device: Device;
  #consent: Consent = {};
  #held: Draft[] = [];
  /** The customer's token, also before it may be used. */
  #token: string | undefined;

  constructor(options: DeviceOptions) {
    this.#device = new Device(options, () => this.#consent);
  }

  get state(): DeviceState {
    return this.#device.state;
  }

  get consent(): Consent {
    return this.#consent;
  }

  /** Follows what the shopper allows from now on; what is not said is pending. */
  allow(consent: Consent): void {
    const before = this.#consent;
    const { analytics, personalization, marketing } = (this.#consent = consent);
    const held = analytics === undefined ? [] : this.#held.splice(0);
    background(
      this.#device.change(async () => {
        if (before.analytics && !analytics) await this.#device.erase();
        await this.state.personalize(!!analytics && !!personalization);
        if (!analytics) return;
        if (!before.analytics) await this.#device.start();
        await this.#device.join(marketing ? this.#token : undefined);
      }),
    );
    if (analytics) for (const draft of held) background(this.#device.append(draft));
  }

  /** Keeps an entry and lets the engine see it; resolves when it is on disk, or waits for the shopper's word. */
  async append(draft: Draft): Promise<void> {
    if (this.#consent.analytics) return this.#device.append(draft);
    if (this.#consent.analytics === undefined && this.#held.length < MAX_HELD) this.#held.push(draft);
  }

  /** Joins the customer that the token names, once that is allowed. A token of somebody else makes another device. */
  async join(token: string): Promise<void> {
    this.#token = token;
    const { analytics, marketing } = this.#consent;
    if (analytics && marketing) await this.#device.change(() => this.#device.join(token));
  }

  /** Delivers what there is, then forgets everything and starts as a device that nobody knows. */
  async restart(): Promise<void> {
    this.#token = undefined;
    this.#held = [];
    if (this.#consent.analytics) await this.#device.change(() => this.#device.restart());
  }

  /** Delivers and fetches now; says whether the edge was reached. */
  async deliver(): Promise<boolean> {
    return !!this.#consent.analytics && this.#device.deliver();
  }

  /** The network is back. */
  retry(): void {
    if (this.#consent.analytics) this.#device.retry();
  }

  /** The page is being hidden, perhaps to be `kept` for later: nothing may wait any longer. */
  flush(kept: boolean): void {
    if (this.#consent.analytics) this.#device.flush(kept);
  }

  /** Resolves when everything asked for before has been done. */
  settled(): Promise<void> {
    return this.#device.change(async () => {});
  }

  /** Of the transitions, those that are this page's to tell of. */
  async claim(transitions: readonly Transition[]): Promise<readonly Transition[]> {
    // When nothing may be written any more, every page tells of what is left by that.
    return this.#consent.analytics ? this.state.log.claim(transitions) : transitions;
  }
}
