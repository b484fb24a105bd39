import { base64url } from "jose";
import type { Env } from "../env.ts";
import { hmacMatches, hmacOf } from "../hooks/hmac.ts";
import { objectId } from "../object-stub.ts";
import { ownerOf } from "../profile/owner-of.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";

type Keys = Pick<Env, "TOKEN_SECRET">;

const TOKEN = /^([0-9a-f]{64})\.([\w-]{43})$/;

/** What is signed. A JWT, which has the same secret, is signed over no colon. */
const signed = (profile: string): string => `murmur-unsubscribe:${profile}`;

/**
 * The token with which who reads an e-mail unsubscribes: the id of the profile's object, which names nobody, and its HMAC-SHA256 by
 * TOKEN_SECRET. The same for each e-mail of a profile, and never too old: a person may leave whenever they like. None without a secret.
 */
export async function unsubscribeToken(
  env: Pick<Env, "PROFILE" | "TOKEN_SECRET" | "JURISDICTION">,
  address: ProfileAddress,
): Promise<string | undefined> {
  if (!env.TOKEN_SECRET) return undefined;
  const profile = objectId(env, env.PROFILE, ownerOf(address));
  return `${profile}.${base64url.encode(await hmacOf(env.TOKEN_SECRET, signed(profile)))}`;
}

/** The object's id of the profile that a token is of; none for any other text. */
export async function unsubscribing(token: string, { TOKEN_SECRET }: Keys): Promise<string | undefined> {
  const [, profile, signature] = TOKEN.exec(token) ?? [];
  if (!TOKEN_SECRET || profile === undefined || signature === undefined) return undefined;
  const isRight = await hmacMatches(
    TOKEN_SECRET,
    signed(profile),
    new Uint8Array(base64url.decode(signature)),
  );
  return isRight ? profile : undefined;
}
