import { sha256Hex } from "../wire/sha256-hex.ts";
import type { ProfileAddress } from "./profile-address.ts";

/**
 * What experiments assign a profile by: the device's id; of a customer, the first 32 hex digits of the SHA-256 of `customer:`
 * and the id. It is told to the customer's devices, which need not learn the id.
 */
export async function unitOf({ kind, id }: ProfileAddress): Promise<string> {
  return kind === "device" ? id : (await sha256Hex(`customer:${id}`)).slice(0, 32);
}
