import type { Env } from "../env.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { Problem } from "../wire/problem.ts";
import { deviceId } from "../wire/sync-schema.ts";
import { customerOf } from "./customer-token.ts";

/**
 * The profile whose owner calls, as an Authorization says: `Bearer` and the customer's token, or `Device` and the device's
 * id, for what nobody has signed in to. Throws the problems `token_invalid` and `token_required`.
 */
export async function whose(authorization: string | undefined, env: Env): Promise<ProfileAddress> {
  const [scheme = "", credentials = ""] = (authorization ?? "").split(" ");
  if (scheme.toLowerCase() === "bearer")
    return { kind: "customer", id: (await customerOf(credentials, env)).subject };
  if (scheme.toLowerCase() === "device" && deviceId.safeParse(credentials).success)
    return { kind: "device", id: credentials };
  throw new Problem(
    "token_required",
    "Send `Authorization: Bearer` and the customer's token, or `Authorization: Device` and the device's id.",
  );
}
