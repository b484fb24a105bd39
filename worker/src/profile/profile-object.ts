import type { Entry } from "@murmur/core";
import { refreshDefinition } from "../definition-store/refresh-definition.ts";
import { edgeProgram, onDevices } from "../definition.ts";
import { tellEmail } from "../identity/claim-email.ts";
import { claimOwnEmail, reclaimOwnEmail, withoutClaims } from "../identity/claim-own-email.ts";
import { flushNow } from "../ops/flush-counts.ts";
import { log } from "../ops/log.ts";
import { noteAlarm } from "../ops/note-alarm.ts";
import { answerOutbox, type OutboxAnswer, type OutboxCall } from "../outbox/answer-outbox.ts";
import { PushObject, type Admitted, type Listener } from "../push/push-object.ts";
import { admit, type Admission, type Caller } from "./admit.ts";
import type { Outcome } from "./ask-profile.ts";
import { bringUp } from "./bring-up.ts";
import { mayListen, recordsAlone } from "./consent.ts";
import { decide, decideForNobody, type Decided, type DecideCall } from "./decide.ts";
import { deliver, type Delivery } from "./deliver.ts";
import { answerDevice, type DeviceAnswer, type DeviceCall } from "./device-side.ts";
import { doorwayOf } from "./doorway-of.ts";
import { Erasures } from "./erasures.ts";
import { eraseElsewhere, giveUpEmail, leaveShards } from "./erase-elsewhere.ts";
import { movedTo } from "./join.ts";
import type { StoredEntry } from "./log-store.ts";
import { inspectionOf } from "./inspection-of.ts";
import { isKept } from "./migrations.ts";
import { nextDue } from "./next-due.ts";
import { OneAlarm } from "./one-alarm.ts";
import { inForce, openProfile, type OpenProfile } from "./open-profile.ts";
import { beginParting, part } from "./part.ts";
import type { ProfileAddress } from "./profile-address.ts";
import type { Inspection, Moved, ProfileObject } from "./profile-face.ts";
import { copyProfile, type ProfileCopy } from "./profile-copy.ts";
import { RateLimit } from "./rate-limit.ts";
import { eraseEntries, isEmpty } from "./remove-device.ts";
import { settle } from "./settle.ts";
import { sync, type SyncAnswer, type SyncCall } from "./sync.ts";

/** One profile: it routes and keeps the alarm; everything else is in the modules beside it. */
export class Profile extends PushObject implements ProfileObject {
  #opened: OpenProfile | undefined;
  readonly #limit = new RateLimit(this.env.EVENTS_PER_MINUTE);
  readonly #alarm = new OneAlarm(this.ctx.storage);
  readonly #erasures = new Erasures();

  async sync(
    address: ProfileAddress,
    call: SyncCall,
    issuedAt: number | undefined,
  ): Promise<Outcome<SyncAnswer>> {
    const { device, consent, entries } = call;
    return this.#erasures.outlived(() =>
      this.#serve(address, { device, consent, issuedAt }, entries, ({ store, keeper, clock }) => {
        const context = { program: edgeProgram, devices: onDevices, store, keeper, now: clock.now() };
        const answer = sync(context, call);
        // Its own pages have it by the answer.
        this.pages.tell(device);
        return answer;
      }),
    );
  }

  /** Takes entries from elsewhere than the tag: a device's, or the shop's server's. */
  async deliver(
    address: ProfileAddress,
    device: string | undefined,
    entries: readonly Entry[],
  ): Promise<Outcome<Delivery>> {
    const caller = device === undefined ? undefined : { device };
    return this.#erasures.outlived(() =>
      this.#serve(address, caller, entries, (open) => deliver(open, device, entries, open.clock.now())),
    );
  }

  /** Decides slots for who asks on the person's behalf; looking for a profile that there is not makes none. */
  async decide(address: ProfileAddress, call: DecideCall): Promise<Outcome<Decided>> {
    if (!this.#opened && !isKept(this.ctx.storage))
      return { kind: "answer", answer: decideForNobody(call, Date.now()) };
    const caller = call.device === undefined ? undefined : { device: call.device };
    return this.#erasures.outlived(() =>
      this.#serve(address, caller, [], (open) => decide(open, call, open.clock.now())),
    );
  }

  protected async admits({ address, device }: Listener): Promise<Outcome<Admitted>> {
    if (!isKept(this.ctx.storage)) return { kind: "answer", answer: "yes" };
    const caller = device === undefined ? undefined : { device };
    return this.#erasures.outlived(() =>
      this.#serve(address, caller, [], ({ store }) =>
        mayListen(store.devices(), device) ? "yes" : "no_consent",
      ),
    );
  }

  /** Of a device's own profile: what a customer's asks of it while they join or part. */
  async home(call: DeviceCall): Promise<DeviceAnswer> {
    return this.#erasures.outlived(async () => {
      // Where there is nothing, there is nothing to be given up, and nothing is made.
      if (call.ask !== "hand-over" && !isKept(this.ctx.storage)) return false;
      const address: ProfileAddress = { kind: "device", id: call.device };
      // Of who is not known, nothing is noted.
      const { store, keeper, journeys, clock, tell } = this.#open(
        isKept(this.ctx.storage) ? address : undefined,
      );
      // The customer claims it now.
      if (call.ask === "release") await giveUpEmail(this.env, address, store);
      const answer = answerDevice(store, call, journeys);
      if (movedTo(store) !== undefined) {
        keeper.forget();
        this.pages.dismiss();
        // From here on it is the customer who is in a segment.
        if (call.ask === "release") tell({ segments: [], transitions: [], now: clock.now(), log: "none" });
        await this.#arm();
      } else if (call.ask === "come-home") {
        bringUp(this.#open(), clock.now(), { anew: true });
        await this.#arm();
      }
      if (call.ask === "forget" && answer === true)
        await this.#erase(this.#open(), async () => {
          // It may have been on its way to the customer, with what it owns.
          await giveUpEmail(this.env, address, store);
          await leaveShards(this.env, address);
        });
      return answer;
    });
  }

  /** What is known of the person, but for the log. */
  async copy(): Promise<ProfileCopy | Moved | undefined> {
    if (!isKept(this.ctx.storage)) return undefined;
    const moved = movedTo(this.#open().store);
    if (moved !== undefined) return { moved };
    const copy = copyProfile(this.#open(), this.#open().clock.now());
    await this.#arm();
    return copy;
  }

  /** The next entries of the log. */
  async page(after: number, limit: number): Promise<StoredEntry[]> {
    return isKept(this.ctx.storage) ? this.#open().store.after(after, limit) : [];
  }

  /** Leaves nothing; of a device that has joined a customer, tells which one. */
  async erase(address: ProfileAddress): Promise<Moved | undefined> {
    return this.#erasures.outlived(async () => {
      if (!isKept(this.ctx.storage)) return undefined;
      const open = this.#open();
      const moved = movedTo(open.store);
      if (moved !== undefined && address.kind === "device") return { moved };
      try {
        await this.#erase(open, () => eraseElsewhere(this.env, address, open.store));
      } catch (error) {
        const taken = movedTo(open.store);
        if (taken === undefined || address.kind !== "device") throw error;
        return { moved: taken };
      }
      log({ event: "profile_erased" });
      return undefined;
    });
  }

  /** Undoes the join of a device, whose log goes home with it; or is `erased`, where the device is to be forgotten. */
  async removeDevice(address: ProfileAddress, device: string, erased: boolean): Promise<void> {
    return this.#erasures.outlived(async () => {
      if (!isKept(this.ctx.storage)) return;
      const { store, clock } = this.#open();
      if (erased) eraseEntries(this.#open(), device, clock.now(), () => store.removeDevice(device));
      else {
        beginParting(store, device, Date.now());
        const doorway = doorwayOf(this.env, this.#open(), address, device);
        if (store.device(device)?.state === "leaving")
          await part(doorway, device, { taker: doorway.home, now: doorway.now });
      }
      this.pages.dismiss(device);
      if (isEmpty(store)) return void (await this.erase(address));
      await reclaimOwnEmail(this.env, address, store);
      settle(this.#open());
      await this.#arm();
    });
  }

  /** What the queue's consumer and the operator ask. */
  async outbox(call: OutboxCall): Promise<OutboxAnswer> {
    if (!isKept(this.ctx.storage)) return undefined;
    const open = this.#open();
    const answer = answerOutbox(open, call);
    if (call.ask === "tell-anew" || open.outflow.due() !== undefined) {
      settle(this.#open());
      await this.#arm();
    }
    return answer;
  }

  /** What is due by now: of membership, and of what is to be sent. */
  override async alarm(info?: AlarmInvocationInfo): Promise<void> {
    await this.#alarm.rang(info, async () => {
      await refreshDefinition(this.env);
      if (!isKept(this.ctx.storage)) return;
      const open = this.#open();
      const due = settle(open).map(({ at }) => open.clock.real(at));
      this.pages.tell();
      // On disk it is stored, and not before.
      await this.ctx.storage.sync();
      noteAlarm(due, Date.now());
      // Calls go on meanwhile, and the person may be erased. What comes due is for the next alarm: settling writes.
      await open.outflow.flush();
      await this.#arm();
    });
  }

  /** Local development: the profile as it is stored, which looking does not change; its clock is moved on first. */
  async inspect(advance?: number): Promise<Inspection | Moved> {
    const { store, clock } = this.#open();
    const moved = movedTo(store);
    if (moved !== undefined) return { moved };
    if (advance !== undefined) {
      clock.move(advance);
      settle(this.#open());
      await this.#arm();
    }
    return inspectionOf(this.#open());
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
    await refreshDefinition(this.env);
    const moved = movedTo(this.#open(address).store);
    if (moved !== undefined && address.kind === "device") return { kind: "moved", subject: moved };
    const wait = caller ? this.#limit.take(caller.device, entries.length, Date.now()) : 0;
    if (wait > 0) return { kind: "limited", wait };
    let admission: Admission = "here";
    if (caller && address.kind === "customer")
      admission = await admit(doorwayOf(this.env, this.#open(), address, caller.device), caller);
    // With the device that was let go, what is due has changed.
    if (admission === "parted") {
      log({ event: "device_parted" });
      this.pages.dismiss(caller?.device);
      await reclaimOwnEmail(this.env, address, this.#open().store);
      await this.#arm();
    }
    if (admission === "own" || admission === "parted") return { kind: "own" };
    if (admission === "taken") return { kind: "taken" };
    const { store } = this.#open();
    const withdraws = caller?.consent?.analytics === false;
    // With the last that may record, all is erased.
    if (withdraws && recordsAlone(store.devices(), caller.device))
      await giveUpEmail(this.env, address, store);
    if (admission === "joined") log({ event: "device_joined" });
    const answer = work(this.#open());
    if (withdraws) await reclaimOwnEmail(this.env, address, this.#open().store);
    if (admission === "joined" || tellEmail(entries))
      await claimOwnEmail(this.env, address, this.#open().store);
    await this.#arm();
    return { kind: "answer", answer };
  }

  /** Tells the pages what has changed, and sets the one alarm, for the earliest instant at which something is due. */
  async #arm(): Promise<void> {
    this.pages.tell();
    flushNow(this.env, (work) => this.ctx.waitUntil(work));
    // It may have been erased meanwhile.
    if (!this.#opened) return;
    await this.#alarm.set(nextDue(this.#opened));
  }

  /** Anew after each erasure: what was erased is not made again by looking. Keeps whose it is, once that is known. */
  #open(address?: ProfileAddress): OpenProfile {
    this.#opened = inForce(this.#opened ?? openProfile(this.ctx, this.env, () => this.pages.note()));
    if (address) this.#opened.outflow.isOf(address);
    return this.#opened;
  }

  /** Erases what stands of the profile `elsewhere`, and then all that is here, while nothing is on its way from it. */
  async #erase({ store, outflow }: OpenProfile, elsewhere: () => Promise<void>): Promise<void> {
    const wipe = async (): Promise<void> => {
      const before = movedTo(store);
      await elsewhere();
      const moved = movedTo(store);
      // It is with a customer by now, who is to erase it as well.
      if (moved !== undefined && moved !== before) throw new Error("the device was handed over meanwhile");
      this.pages.dismiss();
      // Counted as gone.
      this.#opened?.outbox.clear();
      await this.#alarm.set(Infinity);
      await this.ctx.storage.deleteAll();
      this.#opened = undefined;
      this.#erasures.happened();
    };
    await outflow.close(() => withoutClaims(store, wipe));
  }
}
