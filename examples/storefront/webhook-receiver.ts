import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A webhook of a journey, as it was received. */
export type Webhook = {
  /** Its `webhook-id`. */
  key: string;
  receiver: string;
  journey: string;
  /** The customer's id, or the device's. */
  person: string;
  /** When it was due: ISO 8601. */
  dueAt: string;
  /** How often it was received. */
  calls: number;
};

export type WebhookReceiver = {
  /** The settings of a worker whose journeys call it. */
  settings: Readonly<Record<string, string>>;
  /** What was received, the latest first. */
  webhooks(): readonly Webhook[];
  close(): Promise<void>;
};

const kept = 200;
const mostBytes = 65_536;
/** How old a signature may be, s. */
const oldest = 300;

/**
 * A receiver of the shop's own, as its ad platform's or its CRM's would be: it believes what is signed with the shop's secret
 * (https://www.standardwebhooks.com), keeps it once, and shows it.
 */
export async function startWebhookReceiver(names: readonly string[]): Promise<WebhookReceiver> {
  const secret = randomBytes(24);
  const received = new Map<string, Webhook>();
  const server = createServer((request, response) => {
    void take(request, secret, received)
      .catch(() => 500)
      .then((status) => response.writeHead(status).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    settings: {
      WEBHOOK_SECRET: `whsec_${secret.toString("base64")}`,
      WEBHOOK_RECEIVERS: JSON.stringify(Object.fromEntries(names.map((name) => [name, `${url}/${name}`]))),
    },
    webhooks: () => [...received.values()].reverse(),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function take(
  request: IncomingMessage,
  secret: Buffer,
  received: Map<string, Webhook>,
): Promise<number> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= mostBytes) chunks.push(chunk);
  }
  if (request.method !== "POST") return 405;
  if (size > mostBytes) return 413;
  const body = Buffer.concat(chunks).toString("utf8");
  if (!isSigned(request.headers, body, secret)) return 401;
  const { messageId, receiver, journey, userId, anonymousId, timestamp } = JSON.parse(body);
  const before = received.get(messageId);
  // Tried again, it is the same.
  if (before) before.calls++;
  else
    received.set(messageId, {
      key: messageId,
      receiver,
      journey,
      person: userId ?? anonymousId,
      dueAt: timestamp,
      calls: 1,
    });
  for (const key of received.keys()) if (received.size > kept) received.delete(key);
  return 204;
}

/** Whether the body comes from who has the secret, and did so just now. */
function isSigned(headers: IncomingHttpHeaders, body: string, secret: Buffer): boolean {
  const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signatures } = headers;
  if (Math.abs(Date.now() / 1_000 - Number(at)) > oldest) return false;
  const expected = createHmac("sha256", secret).update(`${id}.${at}.${body}`).digest();
  return String(signatures)
    .split(" ")
    .some((signature) => {
      const given = Buffer.from(signature.replace(/^v1,/, ""), "base64");
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
}
