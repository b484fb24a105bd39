import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { randomUUID } from "node:crypto";

const COOKIE = "visitor";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The visitor's id, made on their first page: 128 random bits, which Murmur takes as a device of its own. */
export function visitorOf(context: Context): string {
  const known = getCookie(context, COOKIE);
  const id = known !== undefined && UUID.test(known) ? known : randomUUID();
  // Served over plain http on localhost, hence not Secure.
  setCookie(context, COOKIE, id, { path: "/", httpOnly: true, sameSite: "Lax", maxAge: 400 * 24 * 3600 });
  return id;
}
