import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** A call that has arrived. */
export interface Arrived {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What it is answered with. */
export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** A local stand-in for an e-mail provider's HTTP API, or for a receiver. */
export interface ProviderServer {
  url: string;
  arrived: Arrived[];
  /** Answers from now on. */
  reply: (call: Arrived) => Reply;
  close(): Promise<void>;
}

export async function startProviderServer(port = 0): Promise<ProviderServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url: path = "", headers } = request;
      const call: Arrived = { method, path, headers, body: Buffer.concat(chunks).toString() };
      provider.arrived.push(call);
      const { status, headers: more, body = "{}" } = provider.reply(call);
      response.writeHead(status, { "content-type": "application/json", ...more }).end(body);
    });
  }).listen(port, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const provider: ProviderServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived: [],
    reply: () => ({ status: 200 }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return provider;
}
