import { createExecutionContext, env, waitOnExecutionContext } from "cloudflare:test";
import { app } from "../../src/app.ts";
import type { Env } from "../../src/env.ts";
import type { Visit } from "../../src/personalize/visit.ts";
import { newDevice, sync, viewed } from "./call.ts";

export const SHOP = "https://shop.example";
export const COOKIE = "murmur_murmur";

/** A visit for those who take it apart from the request that it is made of. */
export const VISIT: Visit = {
  url: `${SHOP}/`,
  device: "",
  isNew: false,
  marketing: true,
  context: {},
  cookie: "c=1",
};

/** A shopper's browser. */
export const BROWSER =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

/** A page with the slots of murmur.config. */
export const PAGE = `<!doctype html><html lang="en"><head><title>Shop</title></head><body>
<section data-murmur-slot="hero"><h1 data-murmur-text="title">Own <b>title</b></h1>
<p data-murmur-text="text">Own text</p><a data-murmur-href="href" data-murmur-text="cta" href="/own?a=1&amp;b=2">Own link</a></section>
<img src="/other.svg" data-murmur-src="image" alt=""><p>After</p></body></html>`;

/** The shop's own server, as a test has it. */
export type Origin = (request: Request) => Response | Promise<Response>;

export function html(body: BodyInit | null = PAGE, headers: HeadersInit = {}, status = 200): Response {
  const all = new Headers(headers);
  if (!all.has("content-type")) all.set("content-type", "text/html; charset=utf-8");
  return new Response(body, { headers: all, status });
}

export interface Asking {
  origin?: Origin;
  path?: string;
  device?: string;
  /** Further cookies. */
  cookie?: string;
  headers?: Readonly<Record<string, string>>;
  method?: string;
  body?: BodyInit;
  cf?: Record<string, unknown>;
  settings?: Partial<Env>;
}

/** What a browser is answered by a worker in front of the shop, and what the shop was asked. */
export async function ask(asking: Asking = {}): Promise<{ answer: Response; asked: Request[] }> {
  const { origin = () => html(), path = "/", device, cookie, headers, method = "GET", body, cf } = asking;
  const asked: Request[] = [];
  const cookies = [device && `${COOKIE}=${device}`, cookie].filter(Boolean).join("; ");
  const request = new Request(SHOP + path, {
    method,
    redirect: "manual",
    ...(body !== undefined && { body }),
    headers: {
      accept: "text/html,application/xhtml+xml,*/*;q=0.8",
      "user-agent": BROWSER,
      ...(cookies && { cookie: cookies }),
      ...headers,
    },
    ...(cf && { cf }),
  });
  const service = {
    fetch: async (request: Request) => {
      asked.push(request.clone());
      return origin(request);
    },
  } as unknown as Fetcher;
  const context = createExecutionContext();
  const settings = { ...env, CONSENT: "opt-out", ORIGIN_SERVICE: service, ...asking.settings };
  const answer = await app.request(request, undefined, settings, context);
  if (asking.origin === undefined || method !== "GET") await waitOnExecutionContext(context);
  return { answer, asked };
}

/** The text of a page, and its answer. */
export async function askText(
  asking: Asking = {},
): Promise<{ text: string; answer: Response; asked: Request[] }> {
  const { answer, asked } = await ask(asking);
  return { text: await answer.text(), answer, asked };
}

/** A device that has looked at enough running shoes to be shown them. */
export async function runner(): Promise<string> {
  const device = newDevice();
  await sync(
    device,
    Array.from({ length: 4 }, () => viewed()),
  );
  return device;
}
