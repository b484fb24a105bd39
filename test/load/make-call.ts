import { createHash, createHmac, randomUUID } from "node:crypto";
import { signCustomerToken } from "../../examples/storefront/customer-token.ts";
import type { Shopper, ShopperCall } from "./plan-shopper.ts";

/** The secrets of an edge that shoppers, the shop's server and its e-mail provider call. */
export const SHOP_VARS = {
  TOKEN_SECRET: "a-secret-of-the-load-of-32-bytes-or-more",
  SECRET_WRITE_KEY: "a-secret-write-key-of-the-load",
  GENERIC_WEBHOOK_SECRET: `whsec_${Buffer.from("a-webhook-secret-of-the-load").toString("base64")}`,
} as const;

/** Makes a shopper's call as the one who makes it does: tag, shop's server or e-mail provider. */
export async function makeCall(edge: string, { customer }: Shopper, call: ShopperCall): Promise<Response> {
  if (call.by === "tag") {
    const { device, entries, signedIn } = call;
    // From the log's beginning every time: what came down is not kept here.
    const body = { device, sentAt: Date.now(), entries };
    const identity = signedIn && (await signCustomerToken(customer!, SHOP_VARS.TOKEN_SECRET));
    return post(`${edge}/v1/sync`, { ...body, ...(identity && { identity }) });
  }
  return call.by === "server" ? serverCall(edge, customer!, call) : mailCall(edge, customer!, call);
}

/** The id under which the edge keeps what the e-mail provider calls `id`. */
export function mailId(id: string): string {
  return `generic:${createHash("sha256").update(id).digest("hex")}`;
}

function serverCall(edge: string, userId: string, { entries }: ShopperCall): Promise<Response> {
  const batch = entries.map(({ id, name, timestamp, properties }) => ({
    type: "track",
    messageId: id,
    userId,
    event: name,
    timestamp: new Date(timestamp).toISOString(),
    properties,
  }));
  return post(
    `${edge}/v1/batch`,
    { batch, sentAt: new Date().toISOString() },
    { authorization: `Basic ${Buffer.from(`${SHOP_VARS.SECRET_WRITE_KEY}:`).toString("base64")}` },
  );
}

/** Signed as Standard Webhooks has it. */
function mailCall(edge: string, customer: string, { entries }: ShopperCall): Promise<Response> {
  const events = entries.map(({ id, name, timestamp }) => ({
    id,
    event: name,
    timestamp: new Date(timestamp).toISOString(),
    customer_id: customer,
  }));
  const [body, id, timestamp] = [{ events }, randomUUID(), Math.floor(Date.now() / 1_000)];
  const key = Buffer.from(SHOP_VARS.GENERIC_WEBHOOK_SECRET.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key)
    .update(`${id}.${timestamp}.${JSON.stringify(body)}`)
    .digest("base64");
  return post(`${edge}/v1/hooks/generic`, body, {
    "webhook-id": id,
    "webhook-timestamp": `${timestamp}`,
    "webhook-signature": `v1,${signature}`,
  });
}

function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}
