import type { Context } from "hono";
import { setCookie } from "hono/cookie";
import type { Env } from "../env.ts";

/** 400 days, the longest that browsers keep one, s. https://www.rfc-editor.org/rfc/rfc6265bis#section-5.5 */
const MAX_AGE = 34_560_000;

/**
 * Renews the cookie in which the tag keeps the device's id, where page and edge share a site: one that a script has set is
 * gone after 7 days in Safari. https://webkit.org/blog/9521/intelligent-tracking-prevention-2-3/
 * It is written for the tag, and no call to /v1 goes by it: who calls is what the call says. What is no browser says nothing of sites.
 */
export function renewDeviceCookie(context: Context<{ Bindings: Env }>, name: string, device: string): void {
  const domain = context.env.COOKIE_DOMAIN;
  const site = context.req.header("sec-fetch-site");
  if (!domain || (site !== "same-origin" && site !== "same-site")) return;
  const secure = new URL(context.req.url).protocol === "https:";
  setCookie(context, name, device, { domain, path: "/", maxAge: MAX_AGE, sameSite: "Lax", secure });
}
