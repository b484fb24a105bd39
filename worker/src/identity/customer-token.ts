import { importSPKI, jwtVerify, type JWTHeaderParameters } from "jose";
import type { Env } from "../env.ts";
import type { Customer } from "../profile/ask-profile.ts";
import { Problem } from "../wire/problem.ts";

/** The keys with which the shop signs. */
export type TokenKeys = Pick<Env, "TOKEN_SECRET" | "TOKEN_PUBLIC_KEY">;

/** Longest customer id, UTF-16 code units. */
export const MAX_SUBJECT = 256;

/** Who a token in a link is for (RFC 7519, 4.1.3): such a token names a customer, and proves nothing of who sends it. */
export const LINK_AUDIENCE = "murmur-link";

/**
 * The customer that a token proves: the `sub` of a JWT (RFC 7519) that the shop's server signed with HS256 or ES256 and
 * that has not expired. Throws the problem `token_invalid` for anything else.
 */
export async function customerOf(token: string, keys: TokenKeys): Promise<Customer> {
  if (!keys.TOKEN_SECRET && !keys.TOKEN_PUBLIC_KEY)
    throw new Problem(
      "token_invalid",
      "This worker has no TOKEN_SECRET or TOKEN_PUBLIC_KEY: set one, or send no identity.",
    );
  try {
    const { payload } = await jwtVerify(token, (header) => keyFor(header, keys), {
      algorithms: ["HS256", "ES256"],
      requiredClaims: ["sub", "exp"],
    });
    const { sub, iat, aud = [] } = payload;
    // Whoever an e-mail is forwarded to has its links.
    const isLink = [aud].flat().includes(LINK_AUDIENCE);
    if (!isLink && sub && sub.length <= MAX_SUBJECT) return { subject: sub, issuedAt: (iat ?? 0) * 1_000 };
  } catch {
    // One answer for every cause: a stranger learns nothing from it.
  }
  throw new Problem(
    "token_invalid",
    "Send a JWT with sub and exp, signed with HS256 and this worker's TOKEN_SECRET or with ES256 and the key of its TOKEN_PUBLIC_KEY.",
  );
}

/** Each algorithm has a key of its own: what is public is never taken for a secret. */
async function keyFor({ alg }: JWTHeaderParameters, keys: TokenKeys): Promise<Uint8Array | CryptoKey> {
  if (alg === "HS256" && keys.TOKEN_SECRET) return new TextEncoder().encode(keys.TOKEN_SECRET);
  if (alg === "ES256" && keys.TOKEN_PUBLIC_KEY) return importSPKI(keys.TOKEN_PUBLIC_KEY, "ES256");
  throw new Error("there is no key for this algorithm");
}
