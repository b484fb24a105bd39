import type { Program } from "@murmur/core";
import { edgeProgram, onDevices } from "../definition.ts";
import type { Env } from "../env.ts";
import { JourneyKeeper } from "../journeys/journey-keeper.ts";
import type { JourneyStore } from "../journeys/journey-store.ts";
import { sqliteJourneyStore } from "../journeys/sqlite-journey-store.ts";
import { countingFor } from "../experiments/experiment.ts";
import { publishContributions } from "../experiments/publish-contributions.ts";
import { countTransitions, tally } from "../ops/count.ts";
import { countedOutbox } from "../ops/counted-outbox.ts";
import type { OutboxStore } from "../outbox/outbox-store.ts";
import { destinationsOf, Outflow } from "../outbox/outflow.ts";
import { publish } from "../outbox/publish.ts";
import { rememberingOutboxStore } from "../outbox/remembering-outbox-store.ts";
import { sqliteOutboxStore } from "../outbox/sqlite-outbox-store.ts";
import type { Profiled } from "./bring-up.ts";
import { isAllowed } from "./consent.ts";
import { movedTo } from "./join.ts";
import type { LogStore } from "./log-store.ts";
import type { News } from "./news.ts";
import { ownerOf } from "./owner-of.ts";
import { ProfileClock } from "./profile-clock.ts";
import { ProfileKeeper } from "./profile-keeper.ts";
import { rememberingLogStore } from "./remembering-log-store.ts";
import { sqliteLogStore } from "./sqlite-log-store.ts";

/** A profile in memory. */
export interface OpenProfile extends Profiled {
  /** What its keeper runs. */
  program: Program;
  clock: ProfileClock;
  outbox: OutboxStore;
  outflow: Outflow;
  journeys: JourneyKeeper;
  /** Writes down for others what has become of the profile. */
  tell: (news: News) => void;
}

/**
 * Opens a profile, whose tables are made if there are none; its clock can be moved in local development. `onChange` is told
 * whenever memberships change.
 */
export function openProfile(
  { id, storage }: DurableObjectState,
  env: Env,
  onChange: () => void,
): OpenProfile {
  const log = rememberingLogStore(sqliteLogStore(storage));
  const notes = rememberingOutboxStore(sqliteOutboxStore(storage.sql));
  const outbox = countedOutbox(notes);
  const journeyStore = sqliteJourneyStore(storage.sql);
  const onUndone = (): void => {
    notes.forget();
    journeys.forget();
  };
  const store = heard(log, outbox, { journeyStore, onChange, onUndone, onLoss: () => journeys.forget() });
  const outflow = new Outflow(outbox, destinationsOf(env, id.toString()));
  const webhooks = env.WEBHOOKS !== undefined && Boolean(env.WEBHOOK_URL);
  const tell = (news: News): void => {
    const marketing = isAllowed(store.devices(), "marketing");
    const isNew = [
      publish(outbox, news, { marketing, webhooks }),
      // By what is in force now: what is opened outlives a push.
      publishContributions(outbox, news.log, { counting: countingFor(edgeProgram), store }),
    ];
    if (isNew.includes(true)) outflow.wake();
  };
  const mayTell = (): boolean => isAllowed(store.devices(), "marketing");
  const journeys: JourneyKeeper = new JourneyKeeper({
    // Asked anew each time: another definition may have come into force.
    get definition() {
      return edgeProgram.definition;
    },
    store: journeyStore,
    outbox: wakening(outbox, outflow),
    owner: () => ownerName(outbox, id),
    isAllowed: mayTell,
    mayMail: () => outbox.get("address")?.kind === "customer" || env.TRUST_DEVICE_EMAIL === "1",
  });
  return {
    program: edgeProgram,
    store,
    keeper: new ProfileKeeper(edgeProgram, store, tell, journeys, onDevices.program),
    clock: new ProfileClock(store, env.MURMUR_DEV === "1"),
    outbox,
    outflow,
    journeys,
    tell,
  };
}

/** The profile under what is in force by now: under another definition, its keeper makes it anew from the log. */
export function inForce(open: OpenProfile): OpenProfile {
  if (open.program === edgeProgram) return open;
  return {
    ...open,
    program: edgeProgram,
    keeper: new ProfileKeeper(edgeProgram, open.store, open.tell, open.journeys, onDevices.program),
  };
}

/** By which the keys of its journeys' effects are made. */
function ownerName(outbox: OutboxStore, id: DurableObjectId): string {
  const address = outbox.get("address");
  return address ? ownerOf(address) : id.toString();
}

/** What is added is to be sent. */
function wakening(outbox: OutboxStore, outflow: Outflow): OutboxStore {
  return {
    ...outbox,
    add(outgoing) {
      outflow.wake();
      return outbox.add(outgoing);
    },
  };
}

interface Heard {
  journeyStore: JourneyStore;
  onChange: () => void;
  /** A transaction was undone, and with it what was written to the outbox and of journeys. */
  onUndone: () => void;
  /** What was kept of journeys is gone. */
  onLoss: () => void;
}

function heard(
  store: LogStore,
  outbox: OutboxStore,
  { journeyStore, onChange, onUndone, onLoss }: Heard,
): LogStore {
  return {
    ...store,
    // What waits for others was made of it, too; but of who has joined a customer, what is on its way to them goes on.
    clear() {
      outbox.retract(movedTo(store) === undefined ? undefined : "transitions");
      store.clear();
      journeyStore.clear();
      onLoss();
    },
    addTransitions(transitions) {
      store.addTransitions(transitions);
      countTransitions(transitions);
      if (transitions.length > 0) onChange();
    },
    transaction(work) {
      try {
        return tally.unlessUndone(() => store.transaction(work));
      } catch (error) {
        onUndone();
        throw error;
      }
    },
  };
}
