import { base64url, jwtVerify, type JWTPayload } from "jose";
import type { Env } from "../env.ts";
import type { EmailProperties } from "../hooks/email-event.ts";
import { LINK_AUDIENCE, MAX_SUBJECT } from "./customer-token.ts";

/** What the shop says of a link, in the token that stands in it. */
export interface Link {
  /** Whose the e-mail is. */
  customer: string;
  /** Names the link's one click, in whichever log it is: as the tag does. */
  clickId: string;
  /** When the token was made, ms; -Infinity when it does not say. */
  issuedAt: number;
  properties: EmailProperties;
}

/** Longest token, characters. */
const MAX_TOKEN = 2_048;
/** How much of a token's end names its click: with it an entry's id is at its longest. It has the signature in it. */
const NAMING = 123;
/** Claims that may be there beside the registered ones: properties of Segment's e-mail spec. */
const PROPERTIES = [
  "email_id",
  "email_subject",
  "campaign_id",
  "campaign_name",
  "link_id",
  "link_url",
] as const;
/** Longest of them, UTF-16 code units. */
const MAX_PROPERTY = 1_024;

/**
 * The link that a token stands in: a JWT (RFC 7519) that the shop's server signed with HS256, for the audience `murmur-link`,
 * with `sub` and `exp`. Nothing for any other: whoever can open a page can write anything into its address.
 */
export async function linkOf(token: unknown, env: Pick<Env, "TOKEN_SECRET">): Promise<Link | undefined> {
  if (!env.TOKEN_SECRET || typeof token !== "string" || token.length > MAX_TOKEN) return undefined;
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(env.TOKEN_SECRET), {
      // Of ES256, anybody could make a second signature that is as good, and so a second click.
      algorithms: ["HS256"],
      audience: LINK_AUDIENCE,
      requiredClaims: ["sub", "exp"],
    });
    const { sub, iat = -Infinity } = payload;
    if (!sub || sub.length > MAX_SUBJECT || !isPlain(token)) return undefined;
    return {
      customer: sub,
      clickId: `link:${token.slice(-NAMING)}`,
      issuedAt: Math.floor(iat * 1_000),
      properties: propertiesIn(payload),
    };
  } catch {
    return undefined;
  }
}

/** Whether a signature is written as it would be here: the last bits of its last letter mean nothing to who reads it. */
function isPlain(token: string): boolean {
  const signature = token.slice(token.lastIndexOf(".") + 1);
  return base64url.encode(base64url.decode(signature)) === signature;
}

function propertiesIn(payload: JWTPayload): EmailProperties {
  const told = PROPERTIES.flatMap((name) => {
    const value = payload[name];
    return typeof value === "string" && value.length <= MAX_PROPERTY ? [[name, value] as const] : [];
  });
  return Object.fromEntries(told);
}
