import { edgeProgram } from "../../definition.ts";
import type { Env } from "../../env.ts";
import { log } from "../../ops/log.ts";
import { postSigned } from "../../webhooks/post-signed.ts";
import type { Delivery } from "../deliver-effect.ts";

/** Calls a receiver of the shop's by its name, signed as every webhook is. */
export const webhook: Delivery<"webhook"> = async (env, address, effect, { receiver, data }) => {
  const url = receiverOf(env, receiver);
  if (url === undefined) {
    // It may be named by the next deploy.
    log({ event: "receiver_unknown", receiver });
    return { received: false };
  }
  const { key, journey, run, step, dueAt } = effect;
  return postSigned(env, url, key, {
    type: "journey",
    messageId: key,
    ...(address.kind === "customer" ? { userId: address.id } : { anonymousId: address.id }),
    timestamp: new Date(dueAt).toISOString(),
    receiver,
    journey,
    began: new Date(run).toISOString(),
    step,
    data,
  });
};

/** The address of a receiver: the worker's settings', else the definition's, of the day. */
function receiverOf({ WEBHOOK_RECEIVERS }: Env, name: string): string | undefined {
  const { webhooks = {} } = edgeProgram.definition;
  const set = JSON.parse(WEBHOOK_RECEIVERS || "{}") as Record<string, string>;
  if (Object.hasOwn(set, name)) return set[name];
  return Object.hasOwn(webhooks, name) ? webhooks[name] : undefined;
}
