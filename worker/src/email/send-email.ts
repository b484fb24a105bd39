import type { JourneyEffect } from "@murmur/core";
import type { Env } from "../env.ts";
import { log } from "../ops/log.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { receivedBy, type Received } from "../webhooks/received.ts";
import type { Email } from "./email-sender.ts";
import { EMAIL_SENDERS } from "./email-senders.ts";
import { withLinks } from "./with-links.ts";
import { asksForWayOut, missingForWayOut, withWayOut } from "./with-way-out.ts";

/** How long a provider may take to answer, ms. */
const PATIENCE = 15_000;

type Mail = Extract<JourneyEffect["action"], { kind: "send" }>;

/** Hands a journey's e-mail to the shop's provider. */
export async function sendEmail(
  env: Env,
  address: ProfileAddress,
  { key, journey, dueAt }: JourneyEffect,
  { to, template, data, content }: Mail,
): Promise<Received> {
  const name = env.EMAIL_PROVIDER ?? "";
  const sender = Object.hasOwn(EMAIL_SENDERS, name) ? EMAIL_SENDERS[name] : undefined;
  const needed = ["EMAIL_FROM", "EMAIL_API_KEY", ...(sender?.settings ?? [])] as const;
  const lacking =
    sender && (missing(env, needed) ?? (asksForWayOut(content) ? missingForWayOut(env) : undefined));
  if (!sender || lacking) {
    // It is not lost: the queue brings it again.
    log({ event: "email_not_set_up", setting: lacking ?? "EMAIL_PROVIDER" });
    return { received: false };
  }
  const customer = address.kind === "customer" ? address.id : undefined;
  const from = env.EMAIL_FROM ?? "";
  const email: Email = { key, from, to, content, template, data, customer, journey, dueAt };
  const { path, headers, body } = sender.call(
    await withWayOut(await withLinks(email, env), address, env),
    env,
  );
  const api = env.EMAIL_API_URL || sender.api;
  const answer = await fetch(api.replace(/\/+$/, "") + path, {
    method: "POST",
    headers,
    body,
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE),
  });
  const { status } = answer;
  const told = answer.ok ? "" : (await answer.text()).slice(0, 2_000);
  if (answer.ok) await answer.body?.cancel();
  if (answer.ok || sender.hasIt?.(status, told)) return { received: true };
  const received = receivedBy(answer, sender.isPassing?.(status, told));
  log({ event: "email_refused", provider: name, status, final: "final" in received });
  return received;
}

function missing(env: Env, names: readonly (keyof Env)[]): string | undefined {
  return names.find((name) => !env[name]);
}
