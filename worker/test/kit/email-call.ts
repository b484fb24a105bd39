import type { JourneyEffect } from "@murmur/core";
import { beforeEach, inject } from "vitest";
import { API_KEY } from "../../../test/kit/mail-providers/api-key.ts";
import type { Arrived, Planned } from "../../../test/kit/mail-providers/provider-api.ts";
import { sendEmail } from "../../src/email/send-email.ts";
import type { Env } from "../../src/env.ts";

export const DUE = 1_790_000_000_000;
export const KEY = "0123456789abcdef0123456789abcdef";
export const CONTENT = { subject: "Your cart", html: "<p>Hello</p>", text: "Hello" };

let place = "";
// Nothing of what other tests have sent.
beforeEach(() => void (place = crypto.randomUUID()));

const addressOf = (name: string): string => `${inject("mailProviders")}/${place}/${name}`;

/** The local server that is each provider: what has arrived there in this test, and what it is to answer next. */
export const provider = {
  arrived: async (name: string): Promise<Arrived[]> => (await fetch(addressOf(name))).json(),
  plan: async (name: string, ...planned: Planned[]): Promise<void> => {
    await fetch(addressOf(name), { method: "PUT", body: JSON.stringify(planned) });
  },
  /** A call of the tests' own. */
  call: (name: string, { method, path, headers, body }: Omit<Arrived, "status" | "at">): Promise<Response> =>
    fetch(addressOf(name) + path, { method, headers, ...(method !== "GET" && { body }) }),
};

/** What a worker is set to that sends by a provider. */
export function emailSettings(name: string, more: Partial<Env> = {}): Partial<Env> {
  return {
    EMAIL_PROVIDER: name,
    EMAIL_FROM: "Tarnfell <shop@tarnfell.example>",
    EMAIL_API_KEY: API_KEY,
    EMAIL_API_URL: addressOf(name),
    MAILGUN_DOMAIN: "mg.tarnfell.example",
    ...more,
  };
}

type Mail = Extract<JourneyEffect["action"], { kind: "send" }>;

/** Sends one by a provider. Of what has arrived there, the last. */
export async function send(
  name: string,
  { content, ...more }: Partial<Mail> = {},
  env: Partial<Env> = {},
  customer = "ada-17",
  journey = "cart-rescue",
) {
  const action: Mail = {
    kind: "send",
    channel: "email",
    to: "ada@shop.example",
    template: name === "sendgrid" ? "d-1" : "cart-reminder",
    data: { product: "Fellrunner & Co" },
    ...(content && { content }),
    ...more,
  };
  const step = { journey, run: DUE - 1_000, step: "0", dueAt: DUE };
  const received = await sendEmail(
    emailSettings(name, env) as Env,
    customer === "" ? { kind: "device", id: "d" } : { kind: "customer", id: customer },
    { key: KEY, ...step, action },
    action,
  );
  const call = (await provider.arrived(name)).at(-1)!;
  const isJson = call?.headers["content-type"]?.includes("json");
  return { received, call, body: isJson ? (JSON.parse(call.body) as Record<string, unknown>) : {} };
}
