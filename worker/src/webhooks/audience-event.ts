import type { Webhook } from "../outbox/outbox-store.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";

/** The call that a transition becomes: Segment's, as its audiences make it. */
export interface AudienceEvent {
  type: "track";
  event: "Audience Entered" | "Audience Exited";
  /** The webhook's key. */
  messageId: string;
  userId?: string;
  anonymousId?: string;
  /** ISO 8601. */
  timestamp: string;
  /** Beside the key, whether the person is in the audience, under the audience's own name. */
  properties: { audience_key: string; [audience: string]: string | boolean };
}

export function audienceEvent(address: ProfileAddress, { key, segment, change, at }: Webhook): AudienceEvent {
  return {
    type: "track",
    event: change === "entered" ? "Audience Entered" : "Audience Exited",
    messageId: key,
    ...(address.kind === "customer" ? { userId: address.id } : { anonymousId: address.id }),
    timestamp: new Date(at).toISOString(),
    properties: { [segment]: change === "entered", audience_key: segment },
  };
}
