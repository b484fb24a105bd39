import { DurableObject } from "cloudflare:workers";
import type { Transition } from "@murmur/core";
import { deviceReads, edgeProgram } from "../definition.ts";
import type { Env } from "../env.ts";
import { ProfileClock } from "./profile-clock.ts";
import { handOver, hasJoined, join, movedTo, type HandedOver } from "./join.ts";
import type { LogStore } from "./log-store.ts";
import { profileStub, type ProfileAddress } from "./profile-address.ts";
import { ProfileKeeper } from "./profile-keeper.ts";
import { sqliteLogStore } from "./sqlite-log-store.ts";
import { sync, type SyncAnswer, type SyncCall } from "./sync.ts";

/** workerd takes no alarm centuries away; one that wakes early does no harm, ms. */
const LONGEST_ALARM = 365 * 864e5;

/** An answer, or where else to ask. */
export type SyncOutcome =
  { kind: "answer"; answer: SyncAnswer } | { kind: "moved"; subject: string } | { kind: "taken" };

/** A profile as local development shows it. */
export interface Inspection {
  now: number;
  segments: string[];
  nextChange: number | null;
  transitions: Transition[];
  entries: number;
}

/**
 * What can be asked of a profile from outside. Written out, because the platform's mapped type for remote calls
 * gives up on recursive JSON.
 */
export interface ProfileObject {
  sync(address: ProfileAddress, call: SyncCall): Promise<SyncOutcome>;
  handOver(subject: string, after: number): Promise<HandedOver>;
  inspect(): Promise<Inspection | { moved: string }>;
  moveClock(by: number): Promise<void>;
}

/** One profile: it routes and keeps the alarm; everything else is in the modules beside it. */
export class Profile extends DurableObject<Env> implements ProfileObject {
  readonly #store: LogStore;
  readonly #keeper: ProfileKeeper;
  readonly #clock: ProfileClock;
  /** Names this log, so that a cursor of another is known for what it is. */
  readonly #log: string;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#store = sqliteLogStore(state.storage);
    this.#keeper = new ProfileKeeper(edgeProgram, this.#store);
    this.#clock = new ProfileClock(this.#store, env.MURMUR_DEV === "1");
    this.#log = logName(this.#store);
  }

  async sync(address: ProfileAddress, call: SyncCall): Promise<SyncOutcome> {
    const moved = movedTo(this.#store);
    if (moved !== undefined) return { kind: "moved", subject: moved };
    if (address.kind === "customer" && !hasJoined(this.#store, call.device)) {
      const device = profileStub(this.env, { kind: "device", id: call.device });
      if (!(await join(this.#store, call.device, address.id, device))) return { kind: "taken" };
    }
    const answer = sync(
      {
        program: edgeProgram,
        reads: deviceReads,
        store: this.#store,
        keeper: this.#keeper,
        log: this.#log,
        now: this.#clock.now(),
      },
      call,
    );
    await this.#arm();
    return { kind: "answer", answer };
  }

  /** Of a device's own profile: gives its log to the customer's, page by page, and takes no more entries. */
  async handOver(subject: string, after: number): Promise<HandedOver> {
    const handedOver = handOver(this.#store, subject, after);
    if (handedOver.kind === "page") await this.ctx.storage.deleteAlarm();
    return handedOver;
  }

  override async alarm(): Promise<void> {
    if (movedTo(this.#store) !== undefined) return;
    this.#keeper.catchUp(this.#clock.now());
    await this.#arm();
  }

  /** Local development: the profile as it is stored. Looking changes nothing. */
  async inspect(): Promise<Inspection | { moved: string }> {
    const moved = movedTo(this.#store);
    if (moved !== undefined) return { moved };
    const { segments, nextChange } = this.#keeper.stored();
    return {
      now: this.#clock.now(),
      segments,
      nextChange: nextChange ?? null,
      transitions: this.#store.transitions(100),
      entries: this.#store.lastNumber(),
    };
  }

  /** Local development: moves the profile's clock on by so many ms. */
  async moveClock(by: number): Promise<void> {
    this.#clock.move(by);
    if (movedTo(this.#store) !== undefined) return;
    this.#keeper.catchUp(this.#clock.now());
    await this.#arm();
  }

  /** One alarm, for the earliest instant at which time alone changes something. */
  async #arm(): Promise<void> {
    const next = this.#keeper.profile.nextChange();
    if (next === undefined) await this.ctx.storage.deleteAlarm();
    else await this.ctx.storage.setAlarm(Math.min(this.#clock.real(next), Date.now() + LONGEST_ALARM));
  }
}

function logName(store: LogStore): string {
  const known = store.get<string>("log");
  if (known !== undefined) return known;
  const name = crypto.randomUUID();
  store.put("log", name);
  return name;
}
