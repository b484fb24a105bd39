import type { Env } from "../env.ts";
import type { ProfileObject } from "./profile-object.ts";

/** Whose profile: that of a device nobody has signed in on, or a customer's. */
export interface ProfileAddress {
  kind: "device" | "customer";
  id: string;
}

export function profileStub(env: Env, { kind, id }: ProfileAddress): ProfileObject {
  const stub: unknown = env.PROFILE.get(env.PROFILE.idFromName(`${kind}:${id}`));
  return stub as ProfileObject;
}
