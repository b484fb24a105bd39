import type { ProfileAddress } from "../profile/profile-address.ts";
import type { Outflow } from "./outflow.ts";
import { nextVersion } from "./publish.ts";
import type { OutboxStore, Outgoing } from "./outbox-store.ts";

/** What is asked of a profile's outbox: something to deliver, that it was delivered, or to tell anew where the profile stands. */
export type OutboxCall =
  { ask: "outgoing"; key: string } | { ask: "delivered"; key: string } | { ask: "tell-anew" };

/** Something to deliver, and of whom it tells. */
export interface AddressedOutgoing {
  address: ProfileAddress;
  outgoing: Outgoing;
}

/** To `outgoing` what there is to deliver; to `tell-anew` whether there is anything to tell. */
export type OutboxAnswer = AddressedOutgoing | boolean | undefined;

export function answerOutbox(
  { outbox, outflow }: { outbox: OutboxStore; outflow: Outflow },
  call: OutboxCall,
): OutboxAnswer {
  if (call.ask === "outgoing") {
    const [address, outgoing] = [outbox.get("address"), outbox.find(call.key)];
    // Where it is asked for again, it may be that nobody ever takes it.
    if (outgoing) outflow.wake();
    return address && outgoing && { address, outgoing };
  }
  if (call.ask === "delivered") {
    outbox.remove(call.key);
    return true;
  }
  const [standing, contributed] = [outbox.get("standing"), outbox.get("contributed")];
  if (standing) outbox.put("standing", { ...standing, version: nextVersion(standing), confirmed: 0 });
  if (contributed)
    outbox.put("contributed", { ...contributed, version: nextVersion(contributed), confirmed: 0 });
  outflow.wake();
  return standing !== undefined || contributed !== undefined;
}
