import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A webhook of a journey, as it came. */
export interface JourneyCall {
  /** Its `Idempotency-Key`. */
  key: string;
  anonymousId?: string;
  userId?: string;
  receiver: string;
  /** When it was due: ISO 8601. */
  timestamp: string;
  /** When it came, ms. */
  at: number;
}

export interface WebhookReceiver {
  url: string;
  arrived: readonly JourneyCall[];
  close(): Promise<void>;
}

/** A receiver of the shop's, which takes what it is sent, but where `fails` says that it cannot. */
export async function startWebhookReceiver(fails: () => boolean = () => false): Promise<WebhookReceiver> {
  const arrived: JourneyCall[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (fails()) return void response.writeHead(503).end();
      const said = JSON.parse(Buffer.concat(chunks).toString()) as Omit<JourneyCall, "key" | "at">;
      arrived.push({ ...said, key: String(request.headers["idempotency-key"]), at: Date.now() });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
