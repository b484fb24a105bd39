import { sha256Hex } from "../wire/sha256-hex.ts";

/** Longest address (RFC 5321, 4.5.3.1), in any reading of it. */
const MAX_ADDRESS = 320;

/**
 * The SHA-256 of an e-mail address as advertising and e-mail systems normalise it: without space around it, in small
 * letters. Of `Ada <ada@shop.example>`, what is within the brackets. Nothing for what is no address.
 */
export async function emailHash(address: unknown): Promise<string | undefined> {
  if (typeof address !== "string" || address.length > 2 * MAX_ADDRESS) return undefined;
  const bare = (/<([^<>]*)>\s*$/.exec(address)?.[1] ?? address).trim().normalize("NFC").toLowerCase();
  return bare.length <= MAX_ADDRESS && /^[^\s@]+@[^\s@]+$/.test(bare) ? sha256Hex(bare) : undefined;
}
