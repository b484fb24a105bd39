import type { Env } from "../env.ts";
import { eventName } from "../hooks/email-event.ts";
import { objectById } from "../object-stub.ts";
import type { Recipient } from "../outbox/answer-outbox.ts";
import { deliverEntries, type EntryOwner } from "../profile/deliver-entries.ts";
import { ownerOf } from "../profile/owner-of.ts";
import { profileStub } from "../profile/profile-address.ts";
import type { ProfileObject } from "../profile/profile-face.ts";
import { sha256Hex } from "../wire/sha256-hex.ts";

/**
 * Records `Unsubscribed` with the person whose profile has this object's id, wherever that is by now: once until `Subscribed` comes,
 * however often it is asked. Of who was erased nothing is kept, and nothing is made.
 */
export async function unsubscribe(env: Env, profile: string): Promise<void> {
  let recipient = await recipientOf(objectById(env, env.PROFILE, profile));
  const customer = recipient?.moved;
  if (customer !== undefined)
    recipient = await recipientOf(profileStub(env, { kind: "customer", id: customer }));
  if (!recipient) return;
  const { address, subscribed = "" } = recipient;
  const owner: EntryOwner = address.kind === "customer" ? { customer: address.id } : { device: address.id };
  const name = eventName("unsubscribed", false);
  // Whose it is as well: two logs that become one have said it each.
  const id = `unsubscribe:${await sha256Hex(`${ownerOf(address)} ${subscribed}`)}`;
  await deliverEntries(env, owner, [{ type: "event", id, name, timestamp: Date.now(), properties: {} }]);
}

async function recipientOf(object: ProfileObject): Promise<Recipient | undefined> {
  return (await object.outbox({ ask: "recipient" })) as Recipient | undefined;
}
