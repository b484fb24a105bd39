import {
  compareEntries,
  dropVersions,
  effectKey,
  follow,
  freshJourneys,
  isAddress,
  isUnsubscribed,
  JourneyFollower,
  nextWake,
  type Definition,
  type Entry,
  type EventEntry,
  type FollowHost,
  type JourneyEffect,
  type JourneysState,
  type Profile,
  type ReachedGoal,
  type Transition,
} from "@murmur/core";
import { OBJECTIONS } from "../hooks/email-event.ts";
import type { OutboxStore } from "../outbox/outbox-store.ts";
import type { JourneyStore } from "./journey-store.ts";
import type { Journeys } from "./journeys.ts";
import { mergeJourneys } from "./merge-journeys.ts";

/**
 * Where entries are older than this, or the definition is another, what happened longer ago begins no run, ms: who brings a
 * year's history in, or a new journey, does not write to everybody in it. What time alone brings about is never too old.
 */
const LOOK_BACK = 864e5;

/** What a profile's journeys hang on. */
export interface JourneySurroundings {
  definition: Definition;
  store: JourneyStore;
  outbox: OutboxStore;
  /** Names the profile, as `customer:17`. */
  owner: () => string;
  /** Whether the person allows journeys. */
  isAllowed: () => boolean;
  /** Whether the profile's address may be written to. */
  mayMail: () => boolean;
}

/** One profile's journeys, kept and gone on with. Everything is done within the transaction of who calls. */
export class JourneyKeeper implements Journeys {
  readonly #around: JourneySurroundings;
  /** As it is stored; not known before the first look, and after something failed. */
  #stored: { state: JourneysState | undefined } | undefined;
  #looksAnew = false;

  constructor(around: JourneySurroundings) {
    this.#around = around;
  }

  isOn(): boolean {
    const { definition, isAllowed } = this.#around;
    if (!isAllowed()) this.end();
    else if (definition.journeys || this.#state()?.runs.length) return true;
    else this.#rest();
    return false;
  }

  follow(
    host: FollowHost,
    entries: readonly Entry[],
    now: number,
  ): { profile: Profile; transitions: Transition[] } {
    const { definition, outbox, owner, mayMail } = this.#around;
    const before = this.#state();
    const state = structuredClone(before) ?? freshJourneys();
    const since = now - LOOK_BACK;
    const isTold = this.#looksAnew || entries.some(tellsAddress);
    const isOld = this.#looksAnew || entries.some(({ timestamp }) => timestamp < since);
    this.#looksAnew = false;
    const options = { owner: owner(), mayMail: mayMail(), ...(isOld && { notBefore: since }) };
    const follower = new JourneyFollower(definition, state, options);
    const followed = follow(host, follower, entries, now);
    this.#withdraw(follower.reached);
    for (const effect of follower.effects)
      if (isOutward(effect) && !isOvertaken(effect, follower.reached))
        outbox.add({ key: effect.key, effect });
    if (isUnsubscribed(followed.profile)) outbox.withdrawMessages();
    else if (isTold) this.#readdress(followed.profile);
    dropVersions(state);
    this.#save(state);
    return followed;
  }

  heed(profile: Profile, entries: readonly Entry[], log: () => Iterable<Entry>): void {
    const { outbox } = this.#around;
    if (!this.#looksAnew && !entries.some((entry) => isOfMail(entry) || tellsAddress(entry))) return;
    if (outbox.effects().length === 0) return;
    const said = [...(this.#looksAnew ? log() : entries)].filter(isOfMail).sort(compareEntries).at(-1);
    if (said && OBJECTIONS.has(said.name)) outbox.withdrawMessages();
    else this.#readdress(profile);
  }

  lookAnew(known: Iterable<Entry> = []): void {
    this.#looksAnew = true;
    const state = this.#state();
    if (state) this.#save(this.#without({ ...state, holds: {} }, known));
  }

  end(): void {
    if (!this.#state()) return;
    this.#around.store.clear();
    this.#around.outbox.withdraw();
    this.#stored = { state: undefined };
  }

  takeOver(other: JourneysState, known: Iterable<Entry>): void {
    const merged = mergeJourneys(this.#state() ?? freshJourneys(), other, this.#around.definition);
    this.#save(this.#without(merged, known));
  }

  letGo(owner: string): void {
    const { outbox } = this.#around;
    for (const { key, effect } of outbox.effects()) if (key === effectKey(owner, effect)) outbox.remove(key);
    const state = this.#state();
    if (!state) return;
    const left = { ...state, runs: state.runs.filter((run) => run.owner !== owner) };
    dropVersions(left);
    this.#save(left);
  }

  stored(): JourneysState | undefined {
    return this.#state();
  }

  nextWake(): number | undefined {
    const state = this.#state();
    const next = state ? nextWake(state) : Infinity;
    return next < Infinity ? next : undefined;
  }

  forget(): void {
    this.#stored = undefined;
  }

  /** A state without the runs of which a log has the goal. */
  #without(state: JourneysState, log: Iterable<Entry>): JourneysState {
    if (state.runs.length === 0) return state;
    const follower = new JourneyFollower(this.#around.definition, state, { owner: this.#around.owner() });
    for (const entry of log) follower.take(entry);
    this.#withdraw(follower.reached);
    dropVersions(state);
    return state;
  }

  /** Takes back what has not gone out yet of runs whose goal was reached. */
  #withdraw(reached: readonly ReachedGoal[]): void {
    const latest = new Map<string, number>();
    for (const { journey, at } of reached) latest.set(journey, Math.max(at, latest.get(journey) ?? at));
    for (const [journey, before] of latest) this.#around.outbox.withdraw({ journey, before });
  }

  /** What waits goes to the address of now: the one before may be another person's. */
  #readdress(profile: Profile): void {
    const to = profile.traits()["email"];
    if (isAddress(to)) this.#around.outbox.readdressMessages(to);
    else this.#around.outbox.withdrawMessages();
  }

  /** There are none to follow. What they were on, and what they were sent, counts for those that may come. */
  #rest(): void {
    const { watch, ...state } = this.#state() ?? {};
    if (watch !== undefined) this.#save(state as JourneysState);
  }

  #state(): JourneysState | undefined {
    return (this.#stored ??= { state: this.#around.store.load() }).state;
  }

  #save(state: JourneysState): void {
    this.#around.store.save(state, this.#state());
    this.#stored = { state };
  }
}

function tellsAddress(entry: Entry): boolean {
  return entry.type === "identify" && Object.hasOwn(entry.traits, "email");
}

/** Whether somebody says whether they are to be written to. */
function isOfMail(entry: Entry): entry is EventEntry {
  return entry.type === "event" && (OBJECTIONS.has(entry.name) || entry.name === "Subscribed");
}

function isOutward({ action }: JourneyEffect): boolean {
  return action.kind === "send" || action.kind === "webhook";
}

/** Whether a goal is known by now that was reached after it came due: it is not wanted any more. */
function isOvertaken({ journey, run, dueAt }: JourneyEffect, reached: readonly ReachedGoal[]): boolean {
  return reached.some((goal) => goal.journey === journey && run < goal.at && dueAt < goal.at);
}
