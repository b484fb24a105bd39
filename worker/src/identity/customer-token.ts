import { jwtVerify } from "jose";
import { Problem } from "../wire/problem.ts";

/**
 * The customer that a token proves: the `sub` of a JWT (RFC 7519) that the shop's server signed with HS256 and that
 * has not expired. Throws the problem `token_invalid` for anything else.
 */
export async function customerOf(token: string, secret: string | undefined): Promise<string> {
  if (!secret)
    throw new Problem("token_invalid", "This worker has no TOKEN_SECRET: set it, or send no identity.");
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ["HS256"],
      requiredClaims: ["sub", "exp"],
    });
    if (payload.sub && payload.sub.length <= 256) return payload.sub;
  } catch {
    // One answer for every cause: a stranger learns nothing from it.
  }
  throw new Problem(
    "token_invalid",
    "Send a JWT with sub and exp, signed with HS256 and this worker's TOKEN_SECRET.",
  );
}
