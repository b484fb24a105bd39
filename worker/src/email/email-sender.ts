import type { EmailContent, Json } from "@murmur/core";
import type { Env } from "../env.ts";

/** An e-mail as it goes to the provider: the same however often it is tried. */
export interface Email {
  /** What makes it this one and no other. */
  key: string;
  from: string;
  to: string;
  /** Words of the definition's; else the template's id at the provider. */
  content?: EmailContent | undefined;
  template: string;
  data: { readonly [key: string]: Json };
  /** The customer's id, by which the provider's events find their way back. */
  customer?: string | undefined;
  /** The journey's id. */
  journey: string;
  /** When it was due, ms. */
  dueAt: number;
  /** Headers of the e-mail itself; not of the call. */
  headers?: Readonly<Record<string, string>> | undefined;
}

/** One provider's HTTP API. A new one: one file with one of these, and one line in `email-senders.ts`. */
export interface EmailSender {
  /** Where its API is: what comes before the path. */
  api: string;
  /** The settings that it needs beside EMAIL_FROM and EMAIL_API_KEY. */
  settings?: readonly (keyof Env)[];
  /** The call, as its documentation describes it. `path` begins with a slash. */
  call(email: Email, env: Env): { path: string; headers: Record<string, string>; body: string };
  /** Whether an answer other than 2xx says that it has the e-mail already. */
  hasIt?(status: number, body: string): boolean;
  /** Whether an answer that would be final is not. */
  isPassing?(status: number, body: string): boolean;
}

/** A JSON body, and the header that says so. */
export function json(
  body: object,
  headers: Record<string, string>,
): { headers: Record<string, string>; body: string } {
  return { headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}
