import type { Context, Env, MiddlewareHandler } from "hono";
import { PARTIAL } from "./origin-request.ts";
import { personalize } from "./personalize.ts";
import type { Decisions } from "./rewrite-slots.ts";
import { DECIDE_TIMEOUT, DEVICE_COOKIE, type VisitSettings } from "./settings.ts";
import { visitOf, type Visit } from "./visit.ts";

export type { Decisions };

/** How a shop's own worker asks Murmur's. */
export interface MurmurOptions extends Partial<VisitSettings> {
  /** Murmur's worker: a service binding to it, or where it runs, as `https://edge.shop.example`. */
  edge: string | { fetch(request: Request): Promise<Response> };
  /** Murmur's `SECRET_WRITE_KEY`, with which a server asks what anybody is shown. */
  key: string;
  /** How long a page waits for what its slots show, ms, where its first slot comes; 300 by default. */
  timeout?: number;
}

/** What the middleware tells the handlers below it, as `context.var.murmur`; nothing of who is shown the page as it is. */
export interface MurmurVisit {
  /** The device's id. */
  device: string;
  /** What its slots show, for who renders them; rejects where Murmur's worker does not say. */
  slots: Promise<Decisions>;
}

/**
 * Shows each visitor their own slots in the pages of a Hono app: the same as Murmur's worker does in front of an origin. Bots, visitors
 * who do not allow it, and whatever goes wrong get the pages as the app made them. It belongs inside of what packs
 * answers, as `compress()`, and outside of what makes pages.
 */
export function murmur<E extends Env>(
  options: MurmurOptions | ((context: Context<E>) => MurmurOptions),
): MiddlewareHandler<E> {
  return async function murmurMiddleware(context, next) {
    const {
      edge,
      key,
      timeout = DECIDE_TIMEOUT,
      ...settings
    } = typeof options === "function" ? options(context) : options;
    const visit = visitOf(context.req.raw, {
      consent: "opt-in",
      optInCountries: [],
      cookie: DEVICE_COOKIE,
      ...settings,
    });
    if (!visit) return next();
    const slots = askEdge(visit, { edge, key });
    // Nobody may have asked for it by the time that it fails.
    slots.catch(() => {});
    (context as Context).set("murmur", { device: visit.device, slots } satisfies MurmurVisit);
    context.req.raw = wholePage(context.req.raw);
    const page = next().then(() => context.res);
    const own = await personalize(visit, page, { decide: () => slots, timeout });
    if (own === context.res) return;
    // Else it would get the headers of the one before: https://hono.dev/docs/api/context#res
    context.res = undefined;
    context.res = own;
  };
}

/** What would have the app answer less than the page. */
function wholePage(request: Request): Request {
  const headers = new Headers(request.headers);
  for (const name of PARTIAL) headers.delete(name);
  return new Request(request, { headers });
}

/** `POST /v1/slots` of the device. */
async function askEdge(
  { device, context }: Visit,
  { edge, key }: Pick<MurmurOptions, "edge" | "key">,
): Promise<Decisions> {
  const isUrl = typeof edge === "string";
  const request = new Request(`${isUrl ? edge.replace(/\/+$/, "") : "https://murmur"}/v1/slots`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${key}:`)}`, "content-type": "application/json" },
    body: JSON.stringify({ anonymousId: device, context }),
  });
  const answer = await (isUrl ? fetch(request) : edge.fetch(request));
  if (!answer.ok) throw new Error(`/v1/slots answered ${answer.status}`);
  return ((await answer.json()) as { slots: Decisions }).slots;
}
