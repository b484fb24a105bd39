import type { JourneyEffect } from "@murmur/core";
import { afterEach, beforeEach, vi } from "vitest";
import { sendEmail } from "../../src/email/send-email.ts";
import type { Env } from "../../src/env.ts";

export const DUE = 1_790_000_000_000;
export const KEY = "0123456789abcdef0123456789abcdef";
export const CONTENT = { subject: "Your cart", html: "<p>Hello</p>", text: "Hello" };

interface Arrived {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** The provider: what has arrived, and what it answers. */
export const provider = {
  url: "https://provider.example",
  arrived: [] as Arrived[],
  reply: (): { status: number; headers?: Record<string, string>; body?: string } => ({ status: 200 }),
};

/** Has it take every call of a test. */
export function useProvider(): void {
  beforeEach(hear);
  afterEach(() => vi.unstubAllGlobals());
}

function hear(): void {
  provider.arrived.length = 0;
  provider.reply = () => ({ status: 200 });
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const request = new Request(url, init);
    const { pathname: path } = new URL(request.url);
    const headers = Object.fromEntries(request.headers);
    provider.arrived.push({ method: request.method, path, headers, body: await request.text() });
    const { status, headers: more, body = null } = provider.reply();
    return new Response(body, { status, ...(more && { headers: more }) });
  });
}

function settings(name: string, more: Partial<Env> = {}): Env {
  const env: Partial<Env> = {
    EMAIL_PROVIDER: name,
    EMAIL_FROM: "Tarnfell <shop@tarnfell.example>",
    EMAIL_API_KEY: "a-key",
    EMAIL_API_URL: provider.url,
    MAILGUN_DOMAIN: "mg.tarnfell.example",
    ...more,
  };
  return env as Env;
}

type Mail = Extract<JourneyEffect["action"], { kind: "send" }>;

export async function send(
  name: string,
  { content, ...more }: Partial<Mail> = {},
  env: Partial<Env> = {},
  customer = "ada-17",
) {
  const action: Mail = {
    kind: "send",
    channel: "email",
    to: "ada@shop.example",
    template: "cart-reminder",
    data: { product: "Fellrunner & Co" },
    ...(content && { content }),
    ...more,
  };
  const place = { journey: "cart-rescue", run: DUE - 1_000, step: "0", dueAt: DUE };
  const received = await sendEmail(
    settings(name, env),
    customer === "" ? { kind: "device", id: "d" } : { kind: "customer", id: customer },
    { key: KEY, ...place, action },
    action,
  );
  const [call] = provider.arrived as [Arrived];
  const isJson = call.headers["content-type"]?.includes("json");
  return { received, call, body: isJson ? (JSON.parse(call.body) as Record<string, unknown>) : {} };
}
