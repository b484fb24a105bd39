import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** One call to `/v1/sync`, as it came to the gateway. */
export interface SeenCall {
  /** A beacon needs no answer and takes no turn: it is sent as the page is hidden. */
  beacon: boolean;
  /** Of the body, bytes. */
  bytes: number;
  /** Ids of its entries. */
  ids: string[];
  startedAt: number;
  /** What it was answered with, where it was. */
  status?: number;
}

/** What is done with a call: `pass` asks the edge and gives back its answer. */
export type Answer = (response: ServerResponse, pass: () => Promise<EdgeAnswer>) => unknown;

export interface EdgeAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Stands between the pages and the edge, as a network does: it counts what passes and can be told to fail. */
export interface Gateway {
  url: string;
  /** All calls so far, in the order in which they came. */
  calls: SeenCall[];
  /** The most calls that were under way at one time, beacons left out. */
  mostAtOnce: number;
  /** What is done with each call from now on. */
  answer: Answer;
  close(): Promise<void>;
}

/** The network as one wishes it to be. */
export const passOn: Answer = async (response, pass) => give(response, await pass());

export function give(response: ServerResponse, { status, headers, body }: EdgeAnswer): void {
  response.writeHead(status, headers).end(body);
}

/** The gateway knows the edge's address only once it has been started itself: pages are told the gateway's. */
export async function startGateway(edge: string): Promise<Gateway> {
  let underWay = 0;
  const server = createServer((request, response) => {
    // A browser that is killed in mid-call is a part of the tests.
    handle(request, response).catch(() => response.destroy());
  });
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const pass = () => ask(edge, request, body);
    if (request.method !== "POST" || request.url !== "/v1/sync") return give(response, await pass());
    const beacon = request.headers["sec-fetch-mode"] === "no-cors";
    const ids = (JSON.parse(body) as { entries: { id: string }[] }).entries.map(({ id }) => id);
    const call: SeenCall = { beacon, bytes: Buffer.byteLength(body), ids, startedAt: performance.now() };
    gateway.calls.push(call);
    if (!beacon) gateway.mostAtOnce = Math.max(gateway.mostAtOnce, ++underWay);
    response.once("close", () => {
      if (response.writableFinished) call.status = response.statusCode;
      if (!beacon) underWay--;
    });
    await gateway.answer(response, pass);
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const gateway: Gateway = {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    calls: [],
    mostAtOnce: 0,
    answer: passOn,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return gateway;
}

async function ask(edge: string, request: IncomingMessage, body: string): Promise<EdgeAnswer> {
  const { origin, authorization } = request.headers;
  const answer = await fetch(`${edge}${request.url}`, {
    method: request.method!,
    headers: {
      "content-type": "text/plain",
      ...(origin !== undefined && { origin }),
      ...(authorization !== undefined && { authorization }),
    },
    ...(body !== "" && { body }),
  });
  const headers = [...answer.headers].filter(([name]) => KEPT_HEADERS.test(name));
  return { status: answer.status, headers: Object.fromEntries(headers), body: await answer.text() };
}

/** Those of the connection are the gateway's own. */
const KEPT_HEADERS =
  /^(access-control-.*|cache-control|content-type|cross-origin-resource-policy|retry-after)$/;
