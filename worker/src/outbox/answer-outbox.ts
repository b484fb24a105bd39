import type { ProfileAddress } from "../profile/profile-address.ts";
import type { Outflow } from "./outflow.ts";
import { nextVersion } from "./publish.ts";
import type { OutboxStore, Webhook } from "./outbox-store.ts";

/** What is asked of a profile's outbox: a webhook to deliver, that it was delivered, or to tell anew where the profile stands. */
export type OutboxCall =
  { ask: "webhook"; key: string } | { ask: "delivered"; key: string } | { ask: "tell-anew" };

/** A webhook, and of whom it tells. */
export interface AddressedWebhook {
  address: ProfileAddress;
  webhook: Webhook;
}

/** To `webhook` what there is to deliver; to `tell-anew` whether there is anything to tell. */
export type OutboxAnswer = AddressedWebhook | boolean | undefined;

export function answerOutbox(
  { outbox, outflow }: { outbox: OutboxStore; outflow: Outflow },
  call: OutboxCall,
): OutboxAnswer {
  if (call.ask === "webhook") {
    const [address, webhook] = [outbox.get("address"), outbox.find(call.key)];
    return address && webhook && { address, webhook };
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
