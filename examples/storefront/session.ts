import { createHmac, timingSafeEqual } from "node:crypto";
import { findCustomer, type Customer } from "./customers.ts";

const cookieName = "tarnfell_session";

// A purpose in front of the id: a signature made for a session is worth nothing anywhere else.
const sign = (id: string, secret: string): string =>
  createHmac("sha256", secret).update(`session:${id}`).digest("base64url");

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

// No Secure attribute: the example is served over plain http on localhost.
const cookie = (value: string, maxAge: number): string =>
  `${cookieName}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}`;

/** Tells the pages that somebody has signed out, until one of them has told the tag: their script removes it. */
const left = (maxAge?: number): string =>
  `tarnfell_left=1; Path=/; SameSite=Lax${maxAge === undefined ? "" : `; Max-Age=${maxAge}`}`;

export const startSession = (customer: Customer, secret: string): string[] => [
  cookie(`${customer.id}.${sign(customer.id, secret)}`, 7 * 24 * 3600),
  left(0),
];

export const endSession = (): string[] => [cookie("", 0), left()];

export function readSession(header: string | undefined, secret: string): Customer | undefined {
  const pair = header
    ?.split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${cookieName}=`));
  const [id = "", signature = ""] = pair?.slice(cookieName.length + 1).split(".") ?? [];
  return sameText(signature, sign(id, secret)) ? findCustomer(id) : undefined;
}
