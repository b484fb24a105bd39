import type { Program } from "@murmur/core";
import { edgeProgram } from "../definition.ts";
import type { Env } from "../env.ts";
import { countTransitions } from "../ops/count.ts";
import { countedOutbox } from "../ops/counted-outbox.ts";
import type { OutboxStore } from "../outbox/outbox-store.ts";
import { destinationsOf, Outflow } from "../outbox/outflow.ts";
import { publish } from "../outbox/publish.ts";
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
  /** What its keeper runs. */
  program: Program;
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
  const outbox = countedOutbox(sqliteOutboxStore(storage.sql));
  const store = heard(log, outbox, onChange);
  const outflow = new Outflow(outbox, destinationsOf(env, id.toString()));
  const webhooks = env.WEBHOOKS !== undefined && Boolean(env.WEBHOOK_URL);
  const tell = (news: News): void => {
    const marketing = isAllowed(store.devices(), "marketing");
    if (publish(outbox, news, { marketing, webhooks })) outflow.wake();
  };
  return {
    program: edgeProgram,
    store,
    keeper: new ProfileKeeper(edgeProgram, store, tell),
    clock: new ProfileClock(store, env.MURMUR_DEV === "1"),
    outbox,
    outflow,
    tell,
  };
}

/** The profile under what is in force by now: under another definition, its keeper makes it anew from the log. */
export function inForce(open: OpenProfile): OpenProfile {
  if (open.program === edgeProgram) return open;
  return { ...open, program: edgeProgram, keeper: new ProfileKeeper(edgeProgram, open.store, open.tell) };
}

function heard(store: LogStore, outbox: OutboxStore, onChange: () => void): LogStore {
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
  };
}

/** Whether anything is kept here: looking for a profile that there is not makes none. */
export function isKept({ sql }: DurableObjectStorage): boolean {
  return sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'migration'").toArray().length > 0;
}
