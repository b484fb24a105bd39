import { SignJWT } from "jose";
import type { Env } from "../env.ts";
import { LINK_AUDIENCE } from "./customer-token.ts";

/** How long a link names its reader, ms. */
const LASTS = 30 * 864e5;

/** What is said of one link of an e-mail. */
export interface SignedLink {
  customer: string;
  campaign: string;
  email: string;
  link: string;
  /** When the e-mail was due, ms: the token is the same however often it is made. */
  at: number;
}

/** The token of a link, as `linkOf` reads it; none where the worker has no secret to sign it with. */
export async function signLink(
  { TOKEN_SECRET }: Pick<Env, "TOKEN_SECRET">,
  { customer, campaign, email, link, at }: SignedLink,
): Promise<string | undefined> {
  if (!TOKEN_SECRET) return undefined;
  return new SignJWT({ email_id: email, campaign_id: campaign, link_id: link })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(customer)
    .setAudience(LINK_AUDIENCE)
    .setIssuedAt(Math.floor(at / 1_000))
    .setExpirationTime(Math.floor((at + LASTS) / 1_000))
    .sign(new TextEncoder().encode(TOKEN_SECRET));
}
