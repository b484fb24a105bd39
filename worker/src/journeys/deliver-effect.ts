import type { Action, JourneyEffect } from "@murmur/core";
import type { Env } from "../env.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import type { Received } from "../webhooks/received.ts";
import { send } from "./steps/send.ts";
import { webhook } from "./steps/webhook.ts";

type Outward = "send" | "webhook";

/** How one kind of effect leaves the house. */
export type Delivery<Kind extends Outward> = (
  env: Env,
  address: ProfileAddress,
  effect: JourneyEffect,
  action: Extract<Action, { kind: Kind }>,
) => Promise<Received>;

/** What leaves the house; traits and events of journeys stay in the profile's own log. A new kind: one line. */
const DELIVERIES: { readonly [Kind in Outward]: Delivery<Kind> } = { send, webhook };

/** Brings an effect to whom it is for. */
export function deliverEffect(env: Env, address: ProfileAddress, effect: JourneyEffect): Promise<Received> {
  const { action } = effect;
  const deliver = DELIVERIES[action.kind as Outward] as Delivery<Outward>;
  return deliver(env, address, effect, action as Extract<Action, { kind: Outward }>);
}
