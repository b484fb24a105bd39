import { importSPKI } from "jose";
import { addressParts } from "../email/address-parts.ts";
import { edgeOrigin } from "../email/edge-origin.ts";
import { EMAIL_SENDERS } from "../email/email-senders.ts";
import type { Env } from "../env.ts";
import { fromBase64 } from "../hooks/hmac.ts";

/** The settings that are texts: all but bindings. */
export type SettingName = {
  [Name in keyof Env]-?: NonNullable<Env[Name]> extends string ? Name : never;
}[keyof Env];

/** What a setting must be, in words that go on from “must be”, and whether a text is that. It may throw where it is not. */
export interface SettingRule {
  must: string;
  isRight: (value: string) => unknown;
}

const rule = (must: string, isRight: SettingRule["isRight"]): SettingRule => ({ must, isRight });

const ANYTHING = rule("a text", () => true);
const ADDRESS = rule("an address that begins with https://", isAddress);
const DOMAIN = rule("a domain, as shop.example, without https:// and without a port", (value) =>
  /^\.?[\w-]+(\.[\w-]+)*$/.test(value),
);
const SWITCH = rule('"1", or not there at all', (value) => ["1", "0", "false"].includes(value));
const ABOVE_0 = rule("a number above 0", (value) => Number(value) > 0);
const BASE64 = rule("base64", (value) => bytesOf(value) > 0);
const SIGNING = rule("whsec_ and base64 of 24 bytes or more", (value) => bytesOf(value) >= 24);
// It is the user name of Basic authorization, which ends at a colon.
const WRITE_KEY = rule("a text in ASCII without a colon or a space", (value) => /^[!-9;-~]+$/.test(value));

/** Of every setting what it must be where it is there and not empty. */
export const SETTING_RULES: Readonly<Record<SettingName, SettingRule>> = {
  ALLOWED_ORIGINS: rule(
    "origins with commas between them, as https://shop.example: in small letters, without a path and a slash at the end",
    (value) => listed(value).every((origin) => URL.parse(origin)?.origin === origin),
  ),
  COOKIE_DOMAIN: DOMAIN,
  EVENTS_PER_MINUTE: ABOVE_0,
  BANDIT_MINUTES: ABOVE_0,
  ORIGIN: ADDRESS,
  CONSENT: rule('"opt-in" or "opt-out"', (value) => ["opt-in", "opt-out"].includes(value)),
  OPT_IN_COUNTRIES: rule("codes of two letters with commas between them, as DE,FR or EU", (value) =>
    listed(value).every((country) => /^[a-z]{2}$/i.test(country)),
  ),
  DEVICE_COOKIE: rule("the name of a cookie", (value) => /^[\w!#$%&'*+.^`|~-]+$/.test(value)),
  DECIDE_TIMEOUT: rule("a number of milliseconds", (value) => Number(value) >= 0),
  TOKEN_SECRET: rule("32 bytes or more", (value) => new TextEncoder().encode(value).length >= 32),
  TOKEN_PUBLIC_KEY: rule("the public key of an ES256 pair: PEM, SPKI, with its line breaks", (value) =>
    importSPKI(value, "ES256"),
  ),
  SECRET_WRITE_KEY: WRITE_KEY,
  PUBLIC_WRITE_KEY: WRITE_KEY,
  ADMIN_TOKEN: rule("a text without a space or a line break", (value) => /^\S+$/.test(value)),
  TRUST_DEVICE_EMAIL: SWITCH,
  MURMUR_DEV: SWITCH,
  JURISDICTION: rule('"eu", "us", "fedramp" or "fedramp-high"', (value) =>
    ["eu", "us", "fedramp", "fedramp-high"].includes(value),
  ),
  WEBHOOK_URL: ADDRESS,
  WEBHOOK_SECRET: SIGNING,
  WEBHOOK_RECEIVERS: rule("a JSON object of addresses by name", areReceivers),
  EMAIL_PROVIDER: rule(`one of ${Object.keys(EMAIL_SENDERS).join(", ")}`, (value) =>
    Object.hasOwn(EMAIL_SENDERS, value),
  ),
  EMAIL_FROM: rule("an e-mail address, as Tarnfell <shop@tarnfell.example>", (value) =>
    /^[^\s@<>]+@[^\s@<>]+$/.test(addressParts(value).email),
  ),
  EMAIL_API_KEY: ANYTHING,
  EMAIL_API_URL: ADDRESS,
  EDGE_URL: rule("the worker's own address, as https://edge.shop.example, without a path", edgeOrigin),
  MAILGUN_DOMAIN: DOMAIN,
  POSTMARK_STREAM: ANYTHING,
  SENDGRID_WEBHOOK_KEY: BASE64,
  MAILGUN_WEBHOOK_KEY: ANYTHING,
  POSTMARK_WEBHOOK_LOGIN: rule("name:password", (value) => /^[^:]+:.+$/.test(value)),
  RESEND_WEBHOOK_SECRET: BASE64,
  KLAVIYO_WEBHOOK_SECRET: ANYTHING,
  SES_TOPIC_ARNS: rule("ARNs of SNS topics with commas between them", (value) =>
    listed(value).every((arn) => /^arn:aws[\w-]*:sns:\S+$/.test(arn)),
  ),
  GENERIC_WEBHOOK_SECRET: BASE64,
};

function listed(value: string): string[] {
  return value
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
}

/** In local development it may be another machine's, or this one's. */
function isAddress(value: unknown): boolean {
  return typeof value === "string" && /^https?:$/.test(URL.parse(value)?.protocol ?? "");
}

function areReceivers(value: string): boolean {
  const receivers: unknown = JSON.parse(value);
  const isObject = typeof receivers === "object" && receivers !== null && !Array.isArray(receivers);
  return isObject && Object.values(receivers).every(isAddress);
}

function bytesOf(secret: string): number {
  return fromBase64(secret.replace(/^whsec_/, ""))?.length ?? 0;
}
