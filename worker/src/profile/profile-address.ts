import type { Env } from "../env.ts";
import { objectStub } from "../object-stub.ts";
import { ownerOf } from "./owner-of.ts";
import type { ProfileObject } from "./profile-face.ts";

/** Whose profile: that of a device nobody has signed in on, or a customer's. */
export interface ProfileAddress {
  kind: "device" | "customer";
  id: string;
}

export function profileStub(env: Env, { kind, id }: ProfileAddress): ProfileObject {
  return objectStub(env, env.PROFILE, ownerOf({ kind, id }));
}
