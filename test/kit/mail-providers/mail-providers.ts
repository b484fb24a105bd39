import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { API_KEY } from "./api-key.ts";
import { klaviyo } from "./klaviyo.ts";
import { mailgun } from "./mailgun.ts";
import { postmark } from "./postmark.ts";
import type { Arrived, Planned, ProviderAnswer, ProviderApi, ProviderCall } from "./provider-api.ts";
import { resend } from "./resend.ts";
import { sendgrid } from "./sendgrid.ts";

const APIS: Readonly<Record<string, ProviderApi>> = { resend, postmark, sendgrid, mailgun, klaviyo };

interface Place {
  planned: Planned[];
  arrived: Arrived[];
  /** Messages by the provider's key for them, with the body that they came with. */
  kept: Map<string, { id: string; body: string }>;
}

export interface MailProviders {
  /** `{url}/{place}/{provider}` is one provider's API, with nothing of what other places have seen. */
  url: string;
  /** What has arrived at a place, in order. */
  arrived(place: string, provider: string): readonly Arrived[];
  /** Also by HTTP: PUT to the API's address. */
  plan(place: string, provider: string, planned: readonly Planned[]): void;
  close(): Promise<void>;
}

/**
 * A local server that is each of the providers: it checks a call as the provider's documentation describes it, and answers as
 * the provider does. A GET of an API's address tells what has arrived there.
 */
export async function startMailProviders(): Promise<MailProviders> {
  const places = new Map<string, Place>();
  const placeOf = (name: string): Place => {
    const place = places.get(name) ?? { planned: [], arrived: [], kept: new Map() };
    places.set(name, place);
    return place;
  };
  const server = createServer((request, response) => {
    answer(request, placeOf)
      .then((said) =>
        said === "lost"
          ? request.socket.destroy()
          : response.writeHead(said.status, { ...said.headers }).end(said.body),
      )
      // A worker that is killed in mid-call is a part of the tests.
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    arrived: (place, provider) => placeOf(`${place}/${provider}`).arrived,
    plan: (place, provider, planned) => void (placeOf(`${place}/${provider}`).planned = [...planned]),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  placeOf: (name: string) => Place,
): Promise<ProviderAnswer | "lost"> {
  const [, place = "", provider = "", ...rest] = request.url!.split("/");
  const api = Object.hasOwn(APIS, provider) ? APIS[provider] : undefined;
  if (!api) return { status: 404, body: "There is no such provider." };
  const body = await read(request);
  const { planned, arrived, kept } = placeOf(`${place}/${provider}`);
  if (rest.length === 0 && request.method === "GET") return { status: 200, body: JSON.stringify(arrived) };
  if (rest.length === 0 && request.method === "PUT") {
    planned.splice(0, planned.length, ...(JSON.parse(body) as Planned[]));
    return { status: 204 };
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const call: ProviderCall = { method: request.method!, path: `/${rest.join("/")}`, headers, body };
  const next = planned.shift() ?? "right";
  const { said, message } =
    next === "right" || next === "lost"
      ? judge(api, call, kept)
      : { said: typeof next === "number" ? api.trouble(next) : next, message: undefined };
  arrived.push({ ...call, status: said.status, at: Date.now(), ...(message !== undefined && { message }) });
  return next === "lost" ? next : said;
}

function judge(
  api: ProviderApi,
  call: ProviderCall,
  kept: Place["kept"],
): { said: ProviderAnswer; message: string | undefined } {
  const wrong = api.wrong(call, API_KEY);
  if (wrong) return { said: wrong, message: undefined };
  const once = api.once?.(call);
  const before = once === undefined ? undefined : kept.get(once);
  if (before && api.clash && before.body !== call.body) return { said: api.clash, message: undefined };
  const { id } = before ?? { id: randomUUID() };
  if (once !== undefined && !before) kept.set(once, { id, body: call.body });
  return { said: api.taken(id, call), message: id };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
