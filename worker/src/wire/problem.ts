import type { Context } from "hono";

/** What can go wrong with a call: a stable code, its HTTP status, and what it means. */
export const PROBLEMS = {
  invalid_json: [400, "The body is not JSON"],
  invalid_request: [400, "The request is not of the right shape"],
  write_key_invalid: [401, "The write key is not one of this worker's"],
  signature_invalid: [401, "The call does not prove to be the provider's"],
  token_invalid: [401, "The identity token does not prove who this is"],
  admin_token_required: [401, "This is the operator's alone"],
  token_required: [401, "This needs the customer's identity token, or a device's id"],
  origin_not_allowed: [403, "Pages of this origin may not call this worker"],
  no_consent: [403, "The shopper does not allow this"],
  secret_key_required: [403, "The public write key may not say this"],
  secret_key_in_page: [403, "The secret write key came from a page"],
  not_found: [404, "There is nothing at this address"],
  method_not_allowed: [405, "This address does not take this method"],
  // Not 409: this is the one that tells Mailgun not to try again.
  hook_replayed: [406, "This call was taken before"],
  definition_changed: [409, "Another definition is in force by now"],
  device_taken: [409, "This device belongs to another customer"],
  body_too_large: [413, "The body is too large"],
  too_many_entries: [413, "There are too many entries in one call"],
  unsupported_encoding: [415, "The body is packed in a way that is not understood here"],
  definition_invalid: [422, "The definition does not compile"],
  upgrade_required: [426, "This is a WebSocket"],
  too_many_connections: [429, "This device holds too many connections"],
  rate_limited: [429, "This device sends too much"],
  internal: [500, "Something went wrong here"],
  origin_unreachable: [502, "The shop's own server does not answer"],
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

type Unauthorized = {
  [Code in ProblemCode]: (typeof PROBLEMS)[Code][0] extends 401 ? Code : never;
}[ProblemCode];

/** How a caller may say who they are, which goes with each 401 (RFC 9110, 11.6.1; of tokens RFC 6750, 3). */
const CHALLENGES: Readonly<Record<Unauthorized, string>> = {
  write_key_invalid: 'Basic realm="murmur", charset="UTF-8"',
  signature_invalid: 'Signature realm="murmur"',
  token_invalid: 'Bearer realm="murmur", error="invalid_token"',
  admin_token_required: 'Bearer realm="murmur"',
  token_required: 'Bearer realm="murmur", Device realm="murmur"',
};

/** To a page another name of Basic: at that one, a browser would ask the shopper for a password. */
function challengeFor(context: Context, code: ProblemCode): string | undefined {
  const challenge = Object.hasOwn(CHALLENGES, code) ? CHALLENGES[code as Unauthorized] : undefined;
  return context.req.header("origin") === undefined ? challenge : challenge?.replace(/^Basic/, "xBasic");
}

/** An error that is meant for the caller. Thrown anywhere below a route, it becomes the answer. */
export class Problem extends Error {
  readonly code: ProblemCode;
  /** Further members of the problem object, as `errors`; `retryAfter`, in seconds, is also a header. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: ProblemCode, detail: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.name = "Problem";
    this.code = code;
    this.extra = extra;
  }
}

/** The answer for a problem: `application/problem+json` (RFC 9457). */
export function problemResponse(context: Context, { code, message, extra }: Problem): Response {
  const [status, title] = PROBLEMS[code];
  if (typeof extra["retryAfter"] === "number") context.header("retry-after", `${extra["retryAfter"]}`);
  const challenge = challengeFor(context, code);
  if (challenge !== undefined) context.header("www-authenticate", challenge);
  // RFC 9110, 15.5.16.
  if (code === "unsupported_encoding") context.header("accept-encoding", "gzip");
  return context.json({ type: "about:blank", title, status, detail: message, code, ...extra }, status, {
    "content-type": "application/problem+json",
  });
}
