import { DurableObject } from "cloudflare:workers";
import type { Entry, Transition } from "@murmur/core";
import { deviceReads, edgeProgram } from "../definition.ts";
import type { Env } from "../env.ts";
import { claimEmail, emailOwners, tellEmail } from "../identity/claim-email.ts";
import { admit, type Admission, type Caller, type Doorway } from "./admit.ts";
import type { Outcome } from "./ask-profile.ts";
import { bringUp } from "./bring-up.ts";
import { deliver, type Delivery } from "./deliver.ts";
import { answerDevice, homeOf, type DeviceAnswer, type DeviceCall } from "./device-side.ts";
import { eraseElsewhere, giveUpEmail } from "./erase-elsewhere.ts";
import { movedTo } from "./join.ts";
import type { LogStore, StoredEntry } from "./log-store.ts";
import { isKept, openProfile, type OpenProfile } from "./open-profile.ts";
import { beginParting, part } from "./part.ts";
import type { ProfileAddress } from "./profile-address.ts";
import { copyProfile, type ProfileCopy } from "./profile-copy.ts";
import { RateLimit } from "./rate-limit.ts";
import { isEmpty, removeEntries } from "./remove-device.ts";
import { sync, type SyncAnswer, type SyncCall } from "./sync.ts";

/** workerd takes no alarm centuries away; one that wakes early does no harm, ms. */
const LONGEST_ALARM = 365 * 864e5;

/** A profile as local development shows it. */
export interface Inspection {
  now: number;
  segments: string[];
  nextChange: number | null;
  transitions: Transition[];
  entries: number;
}

/** Where a device's profile has gone. */
export interface Moved {
  moved: string;
}

/**
 * What can be asked of a profile from outside. Written out, because the platform's mapped type for remote calls
 * gives up on recursive JSON.
 */
export interface ProfileObject {
  sync(address: ProfileAddress, call: SyncCall, issuedAt: number | undefined): Promise<Outcome<SyncAnswer>>;
  deliver(
    address: ProfileAddress,
    device: string | undefined,
    entries: readonly Entry[],
  ): Promise<Outcome<Delivery>>;
  home(call: DeviceCall): Promise<DeviceAnswer>;
  copy(): Promise<ProfileCopy | Moved | undefined>;
  page(after: number, limit: number): Promise<StoredEntry[]>;
  erase(address: ProfileAddress): Promise<Moved | undefined>;
  removeDevice(address: ProfileAddress, device: string, erased: boolean): Promise<void>;
  inspect(): Promise<Inspection | Moved>;
  moveClock(by: number): Promise<void>;
}

/** One profile: it routes and keeps the alarm; everything else is in the modules beside it. */
export class Profile extends DurableObject<Env> implements ProfileObject {
  #opened: OpenProfile | undefined;
  readonly #limit = new RateLimit();
  #erasures = 0;

  async sync(
    address: ProfileAddress,
    call: SyncCall,
    issuedAt: number | undefined,
  ): Promise<Outcome<SyncAnswer>> {
    const { device, consent, entries } = call;
    return this.#unerased(() =>
      this.#serve(address, { device, consent, issuedAt }, entries, ({ store, keeper, clock }) =>
        sync({ program: edgeProgram, reads: deviceReads, store, keeper, now: clock.now() }, call),
      ),
    );
  }

  /** Takes entries from elsewhere than the tag: a device's, or the shop's server's. */
  async deliver(
    address: ProfileAddress,
    device: string | undefined,
    entries: readonly Entry[],
  ): Promise<Outcome<Delivery>> {
    const caller = device === undefined ? undefined : { device };
    return this.#unerased(() =>
      this.#serve(address, caller, entries, (open) => deliver(open, device, entries, open.clock.now())),
    );
  }

  /** Of a device's own profile: what a customer's asks of it while they join or part. */
  async home(call: DeviceCall): Promise<DeviceAnswer> {
    const { store, keeper, clock } = this.#open();
    // The customer claims it now.
    if (call.ask === "release") await giveUpEmail(this.env, { kind: "device", id: call.device }, store);
    const answer = answerDevice(store, call);
    if (movedTo(store) !== undefined) {
      keeper.forget();
      await this.ctx.storage.deleteAlarm();
    } else if (call.ask === "come-home") {
      bringUp(this.#open(), clock.now(), { anew: true });
      await this.#arm();
    }
    if (call.ask === "forget" && answer === true) await this.#wipe();
    return answer;
  }

  /** What is known of the person, but for the log. */
  async copy(): Promise<ProfileCopy | Moved | undefined> {
    if (!isKept(this.ctx.storage)) return undefined;
    const moved = movedTo(this.#open().store);
    return moved === undefined ? copyProfile(this.#open(), this.#open().clock.now()) : { moved };
  }

  /** The next entries of the log. */
  async page(after: number, limit: number): Promise<StoredEntry[]> {
    return isKept(this.ctx.storage) ? this.#open().store.after(after, limit) : [];
  }

  /** Leaves nothing; of a device that has joined a customer, tells which one. */
  async erase(address: ProfileAddress): Promise<Moved | undefined> {
    return this.#unerased(async () => {
      if (!isKept(this.ctx.storage)) return undefined;
      const { store } = this.#open();
      const moved = movedTo(store);
      if (moved !== undefined && address.kind === "device") return { moved };
      await eraseElsewhere(this.env, address, store);
      await this.#wipe();
      return undefined;
    });
  }

  /** Undoes the join of a device, whose log goes home with it; or is `erased`, where the device is to be forgotten. */
  async removeDevice(address: ProfileAddress, device: string, erased: boolean): Promise<void> {
    return this.#unerased(async () => {
      if (!isKept(this.ctx.storage)) return;
      const { store, clock } = this.#open();
      if (erased) {
        await giveUpEmail(this.env, address, store);
        removeEntries(this.#open(), device, clock.now(), () => store.removeDevice(device));
      } else {
        beginParting(store, device, Date.now());
        const doorway = this.#doorway(address, device);
        if (store.device(device)?.state === "leaving")
          await part(doorway, device, { taker: doorway.home, now: doorway.now });
      }
      if (isEmpty(store)) return void (await this.erase(address));
      await claimOwnEmail(this.env, address, store);
      await this.#settle();
    });
  }

  override async alarm(): Promise<void> {
    if (!isKept(this.ctx.storage) || movedTo(this.#open().store) !== undefined) return;
    await this.#settle();
  }

  /** Local development: the profile as it is stored. Looking changes nothing. */
  async inspect(): Promise<Inspection | Moved> {
    const { store, keeper, clock } = this.#open();
    const moved = movedTo(store);
    if (moved !== undefined) return { moved };
    const { segments, nextChange } = keeper.stored();
    return {
      now: clock.now(),
      segments,
      nextChange: nextChange ?? null,
      transitions: store.transitions(100),
      entries: store.size().entries,
    };
  }

  /** Local development: moves the profile's clock on by so many ms. */
  async moveClock(by: number): Promise<void> {
    const { store, clock } = this.#open();
    clock.move(by);
    if (movedTo(store) !== undefined) return;
    await this.#settle();
  }

  /**
   * Does `work` for a caller here, where that is this profile's to do: else says where to ask. Of a customer's profile, a
   * device that calls is let in first, or let go.
   */
  async #serve<Answer>(
    address: ProfileAddress,
    caller: Caller | undefined,
    entries: readonly Entry[],
    work: (open: OpenProfile) => Answer,
  ): Promise<Outcome<Answer>> {
    const moved = movedTo(this.#open().store);
    if (moved !== undefined && address.kind === "device") return { kind: "moved", subject: moved };
    const wait = caller ? this.#limit.take(caller.device, entries.length, Date.now()) : 0;
    if (wait > 0) return { kind: "limited", wait };
    let admission: Admission = "here";
    if (caller && address.kind === "customer")
      admission = await admit(this.#doorway(address, caller.device), caller);
    // With the device that was let go, what is due has changed.
    if (admission === "parted") await this.#arm();
    if (admission === "own" || admission === "parted") return { kind: "own" };
    if (admission === "taken") return { kind: "taken" };
    // What it was claimed by may be erased.
    if (caller?.consent?.analytics === false) await giveUpEmail(this.env, address, this.#open().store);
    const answer = work(this.#open());
    if (admission === "joined" || tellEmail(entries))
      await claimOwnEmail(this.env, address, this.#open().store);
    await this.#arm();
    return { kind: "answer", answer };
  }

  /** Brings the profile up to the present. */
  async #settle(): Promise<void> {
    bringUp(this.#open(), this.#open().clock.now());
    await this.#arm();
  }

  /** One alarm, for the earliest instant at which time alone changes something. */
  async #arm(): Promise<void> {
    // It may have been erased meanwhile.
    if (!this.#opened) return;
    const { store, keeper, clock } = this.#opened;
    const next = movedTo(store) === undefined ? keeper.nextChange() : undefined;
    if (next === undefined) await this.ctx.storage.deleteAlarm();
    else await this.ctx.storage.setAlarm(Math.min(clock.real(next), Date.now() + LONGEST_ALARM));
  }

  #doorway(address: ProfileAddress, device: string): Doorway {
    const { clock, ...open } = this.#open();
    return { ...open, home: homeOf(this.env, address.id, device), now: () => clock.now() };
  }

  /** Anew after each erasure: what was erased is not made again by looking. */
  #open(): OpenProfile {
    return (this.#opened ??= openProfile(this.ctx.storage, this.env.MURMUR_DEV === "1"));
  }

  async #wipe(): Promise<void> {
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
    this.#opened = undefined;
    this.#erasures++;
  }

  /** Does what waits for others; from its start again, where the profile was erased meanwhile. */
  async #unerased<Result>(work: () => Promise<Result>): Promise<Result> {
    const erasures = this.#erasures;
    try {
      return await work();
    } catch (error) {
      if (this.#erasures === erasures) throw error;
      return this.#unerased(work);
    }
  }
}

/** The address that the log names is this profile's, where it may claim one. */
async function claimOwnEmail(env: Env, address: ProfileAddress, store: LogStore): Promise<void> {
  const owners = emailOwners(env, address);
  if (owners) await claimEmail(store, address, owners);
}
