import { compareEntries, quietUntil, type Entry } from "@murmur/core";
import { movedTo } from "../profile/join.ts";
import type { LogStore } from "../profile/log-store.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import type { ProfileClock } from "../profile/profile-clock.ts";
import type { Outflow } from "./outflow.ts";
import { nextVersion } from "./publish.ts";
import type { OutboxStore, Outgoing } from "./outbox-store.ts";

/**
 * What is asked of a profile's outbox: something to deliver, that it was delivered, to tell anew where the profile stands, or who
 * is written to.
 */
export type OutboxCall =
  | { ask: "outgoing"; key: string }
  | { ask: "delivered"; key: string }
  | { ask: "tell-anew" }
  | { ask: "recipient" };

/** Something to deliver, and of whom it tells. */
export interface AddressedOutgoing {
  address: ProfileAddress;
  outgoing: Outgoing;
  /** For how long it is not to be brought yet, ms. */
  wait?: number | undefined;
}

/** Whose profile this is. */
export interface Recipient {
  address: ProfileAddress;
  /** The customer whose a device has become. */
  moved?: string | undefined;
  /** The id of the last `Subscribed` in the log. */
  subscribed?: string | undefined;
}

/** To `outgoing` what there is to deliver; to `tell-anew` whether there is anything to tell; to `recipient` who. */
export type OutboxAnswer = AddressedOutgoing | Recipient | boolean | undefined;

/** What it is answered by. */
interface Answering {
  outbox: OutboxStore;
  outflow: Outflow;
  store: LogStore;
  clock: ProfileClock;
}

export function answerOutbox({ outbox, outflow, store, clock }: Answering, call: OutboxCall): OutboxAnswer {
  if (call.ask === "outgoing") {
    const [address, outgoing] = [outbox.get("address"), outbox.find(call.key)];
    // Where it is asked for again, it may be that nobody ever takes it.
    if (outgoing) outflow.wake();
    return address && outgoing && { address, outgoing, wait: quietFor(outgoing, clock.now()) };
  }
  if (call.ask === "delivered") {
    outbox.remove(call.key);
    return true;
  }
  if (call.ask === "recipient") {
    const address = outbox.get("address");
    return address && { address, moved: movedTo(store), subscribed: lastSubscribed(store.all())?.id };
  }
  const [standing, contributed] = [outbox.get("standing"), outbox.get("contributed")];
  if (standing) outbox.put("standing", { ...standing, version: nextVersion(standing), confirmed: 0 });
  if (contributed)
    outbox.put("contributed", { ...contributed, version: nextVersion(contributed), confirmed: 0 });
  outflow.wake();
  return standing !== undefined || contributed !== undefined;
}

/** How much longer it is quiet where a message is to go that an outage has held up, at `now`, ms. */
function quietFor(outgoing: Outgoing, now: number): number | undefined {
  const action = "effect" in outgoing ? outgoing.effect.action : undefined;
  const quiet = action?.kind === "send" ? action.quietHours : undefined;
  const until = quiet && quietUntil(quiet, undefined, now);
  return until && until - now;
}

function lastSubscribed(log: Iterable<Entry>): Entry | undefined {
  let last: Entry | undefined;
  for (const entry of log)
    if (entry.type === "event" && entry.name === "Subscribed" && (!last || compareEntries(entry, last) > 0))
      last = entry;
  return last;
}
