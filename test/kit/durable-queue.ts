import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** How many messages a batch has, and how many batches are on their way at once. */
const BATCH = 10;
const AT_ONCE = 4;
/** How long it waits where the consumer itself has failed, ms. */
const AFTER_A_CRASH = 300;

interface Message {
  id: string;
  timestamp: number;
  attempts: number;
  format: string;
  /** Base64. */
  body: string;
  /** When it may be brought, ms. */
  due: number;
}

/** What a consumer says of a batch, as workerd tells it. */
interface Outcome {
  outcome: string;
  explicitAcks: string[];
  retryMessages: { msgId: string; delaySeconds?: number }[];
}

export interface DurableQueue {
  /** Host and port, for the worker's binding. */
  address: string;
  /** How many messages there are that nobody has taken. */
  waiting(): number;
  /** How often a message was brought that had been brought before. */
  again(): number;
  close(): Promise<void>;
}

export interface QueueOptions {
  /** Where the consumer is at this moment. */
  consumer: () => string;
  /** How much faster the waits between tries go by. */
  speed: number;
}

/**
 * The queue of a worker on plain workerd, which lies in this process: as on the platform, what it has accepted it brings until
 * it is acknowledged, however often the worker dies. At least once, in no order.
 */
export async function startDurableQueue({ consumer, speed }: QueueOptions): Promise<DurableQueue> {
  const messages = new Map<string, Message>();
  const away = new Set<string>();
  let again = 0;
  const closing = new AbortController();
  const server = createServer((request, response) => {
    take(request)
      .then((taken) => {
        for (const message of taken) messages.set(message.id, message);
        const metrics = { backlogCount: messages.size, backlogBytes: 0 };
        return response.writeHead(200).end(JSON.stringify({ metadata: { metrics } }));
      })
      // A worker that is killed while it hands something in is a part of the tests.
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const bring = async (batch: readonly Message[]): Promise<void> => {
    for (const message of batch) if (++message.attempts > 1) again++;
    const said = await post(consumer(), batch);
    const told = new Map(said?.retryMessages.map(({ msgId, delaySeconds = 0 }) => [msgId, delaySeconds]));
    for (const message of batch) {
      away.delete(message.id);
      const delay = told.get(message.id);
      if (said && delay === undefined) messages.delete(message.id);
      else message.due = Date.now() + (delay === undefined ? AFTER_A_CRASH : (delay * 1_000) / speed);
    }
  };
  const work = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      const ready = [...messages.values()].filter(({ id, due }) => due <= Date.now() && !away.has(id));
      const batch = ready.slice(0, BATCH);
      for (const { id } of batch) away.add(id);
      if (batch.length > 0) await bring(batch);
      else await sleep(50);
    }
  };
  const workers = Array.from({ length: AT_ONCE }, work);
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    waiting: () => messages.size,
    again: () => again,
    async close() {
      closing.abort();
      await Promise.all(workers);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Nothing where the consumer is not there, or has not come to an end with it. */
async function post(consumer: string, batch: readonly Message[]): Promise<Outcome | undefined> {
  try {
    const body = JSON.stringify({ queue: "murmur-webhooks", messages: batch });
    const answer = await fetch(consumer, { method: "POST", body });
    const said = answer.ok ? ((await answer.json()) as Outcome) : undefined;
    return said?.outcome === "ok" ? said : undefined;
  } catch {
    return undefined;
  }
}

/** What a producer hands in, as workerd's binding does: one message at `/message`, several at `/batch`. */
async function take(request: IncomingMessage): Promise<Message[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const fresh = (body: string, format = "v8"): Message => {
    const now = Date.now();
    return { id: randomUUID(), timestamp: now, attempts: 0, format, body, due: now };
  };
  if (request.url === "/message") {
    const format = request.headers["x-msg-fmt"];
    return [fresh(bytes.toString("base64"), typeof format === "string" ? format : undefined)];
  }
  const { messages } = JSON.parse(bytes.toString()) as { messages: { body: string; contentType?: string }[] };
  return messages.map(({ body, contentType }) => fresh(body, contentType));
}
