import { edgeProgram } from "../definition.ts";
import type { Env } from "../env.ts";
import { countingFor } from "../experiments/experiment.ts";
import { publishContributions } from "../experiments/publish-contributions.ts";
import { countTransitions } from "../ops/count.ts";
import { countedOutbox } from "../ops/counted-outbox.ts";
import type { OutboxStore } from "../outbox/outbox-store.ts";
import { destinationsOf, Outflow } from "../outbox/outflow.ts";
import { publish } from "../outbox/publish.ts";
import { rememberingOutboxStore } from "../outbox/remembering-outbox-store.ts";
import { sqliteOutboxStore } from "../outbox/sqlite-outbox-store.ts";
import type { Profiled } from "./bring-up.ts";
import { isAllowed } from "./consent.ts";
import type { LogStore } from "./log-store.ts";
import type { News } from "./news.ts";
import { ProfileClock } from "./profile-clock.ts";
import { ProfileKeeper } from "./profile-keeper.ts";
import { rememberingLogStore } from "./remembering-log-store.ts";
import { sqliteLogStore } from "./sqlite-log-store.ts";

/** A profile in memory. */
export interface OpenProfile extends Profiled {
  clock: ProfileClock;
  outbox: OutboxStore;
  outflow: Outflow;
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
  const store = heard(log, outbox, { onChange, onUndone: notes.forget });
  const outflow = new Outflow(outbox, destinationsOf(env, id.toString()));
  const counting = countingFor(edgeProgram);
  const webhooks = env.WEBHOOKS !== undefined && Boolean(env.WEBHOOK_URL);
  const tell = (news: News): void => {
    const marketing = isAllowed(store.devices(), "marketing");
    const isNew = [
      publish(outbox, news, { marketing, webhooks }),
      publishContributions(outbox, news.log, { counting, store }),
    ];
    if (isNew.includes(true)) outflow.wake();
  };
  return {
    store,
    keeper: new ProfileKeeper(edgeProgram, store, tell),
    clock: new ProfileClock(store, env.MURMUR_DEV === "1"),
    outbox,
    outflow,
    tell,
  };
}

interface Heard {
  onChange: () => void;
  /** A transaction was undone, and with it what was written to the outbox. */
  onUndone: () => void;
}

function heard(store: LogStore, outbox: OutboxStore, { onChange, onUndone }: Heard): LogStore {
  return {
    ...store,
    // What waits for others was made of it, too.
    clear() {
      store.clear();
      outbox.clear();
    },
    addTransitions(transitions) {
      store.addTransitions(transitions);
      countTransitions(transitions);
      if (transitions.length > 0) onChange();
    },
    transaction(work) {
      try {
        return store.transaction(work);
      } catch (error) {
        onUndone();
        throw error;
      }
    },
  };
}
