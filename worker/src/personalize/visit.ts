import type { Context } from "@murmur/core";
import { parse, serialize } from "hono/utils/cookie";
import { DEVICE_ID } from "../wire/device-id.ts";
import { toHex } from "../wire/hex.ts";
import { isBot } from "./bots.ts";
import { CONSENT_COOKIE, consentOf } from "./consent.ts";
import type { VisitSettings } from "./settings.ts";
import { visitContext } from "./visit-context.ts";

/** 400 days, the longest that browsers keep a cookie, s. https://www.rfc-editor.org/rfc/rfc6265bis#section-5.5 */
const MAX_AGE = 34_560_000;

/** Somebody who asks for a page and may be shown one of their own. */
export interface Visit {
  /** The page's address. */
  url: string;
  device: string;
  /** Nobody has seen this device before: its id was made just now. */
  isNew: boolean;
  /** Whether the profile may be one that the device has joined. */
  marketing: boolean | undefined;
  context: Context;
  /** `Set-Cookie`, with which the browser keeps the device's id, as the tag would. */
  cookie: string;
}

/**
 * Who asks for a page; undefined where it must stay as it is: no page is asked for, nobody allows it (or not yet), or it is
 * no person who asks.
 */
export function visitOf(request: Request, settings: VisitSettings): Visit | undefined {
  if (!asksForPage(request) || isBot(request)) return undefined;
  const cookies = parse(request.headers.get("cookie") ?? "");
  const { analytics, personalization, marketing } = consentOf(request, cookies[CONSENT_COOKIE], settings);
  if (!analytics || !personalization) return undefined;
  const kept = cookies[settings.cookie] ?? "";
  const isNew = !DEVICE_ID.test(kept);
  const device = isNew ? newDeviceId() : kept;
  return {
    url: request.url,
    device,
    isNew,
    marketing,
    context: visitContext(request),
    // Of this host alone, as the tag sets it: of two that differ, browsers send the older one first.
    cookie: serialize(settings.cookie, device, {
      path: "/",
      maxAge: MAX_AGE,
      sameSite: "Lax",
      secure: request.url.startsWith("https:"),
    }),
  };
}

/** Browsers name HTML in what they accept for a page, and for nothing else. */
export function asksForPage({ method, headers }: Request): boolean {
  return (
    (method === "GET" || method === "HEAD") &&
    !headers.has("upgrade") &&
    (headers.get("accept") ?? "").includes("text/html")
  );
}

/** 128 random bits, as the tag makes them. */
function newDeviceId(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(16)));
}
