import type { Manifest } from "@murmur/core";
import { toJson } from "../json.ts";
import { retryAfter } from "./back-off.ts";
import type { SyncRequest, SyncResponse } from "./sync-protocol.ts";

/** How long an answer may take, ms. */
const TIMEOUT = 20_000;

/** What the edge says of a call that it did not take. A call that did not get there has none of it. */
export interface Refusal {
  /** The answer's HTTP status. */
  status?: number;
  /** The problem's stable code (RFC 9457). */
  code?: string | undefined;
  /** The least to wait before the next try, ms. */
  wait?: number | undefined;
}

/** The edge's HTTP interface as the tag uses it. What does not go through is an Error with a Refusal's members. */
export interface EdgeClient {
  sync(request: SyncRequest): Promise<SyncResponse>;
  /** Sends what cannot wait for an answer: the page is going away. Says whether the browser has taken it. */
  beacon(request: SyncRequest): boolean;
  /** Erases what the edge keeps of a device. */
  forget(device: string): Promise<unknown>;
  /** The manifest of that hash, or the one in force. */
  manifest(hash?: string): Promise<Manifest>;
}

/** `origin` is where the worker runs, as `https://edge.shop.example`. */
export function edgeClient(origin: string): EdgeClient {
  const url = `${origin.replace(/\/+$/, "")}/v1/`;

  const call = async (path: string, init?: RequestInit): Promise<unknown> => {
    const response = await fetch(url + path, { ...init, signal: AbortSignal.timeout(TIMEOUT) });
    if (response.ok) return response.status === 204 || response.json();
    const { status, headers } = response;
    const problem = (await response.json().catch(() => null)) as { code?: string; title?: string } | null;
    const wait = retryAfter(headers.get("retry-after"), Date.now());
    throw Object.assign(new Error(`${status} ${problem?.title}`), { status, code: problem?.code, wait });
  };

  return {
    async sync(request) {
      // Sent as text/plain, which is the type of a string body: no preflight is needed. The answer may renew the cookie.
      const init = {
        method: "POST",
        body: toJson(request),
        keepalive: true,
        credentials: "include",
      } as const;
      return sound<SyncResponse>(await call("sync", init), "log");
    },
    beacon: (request) => navigator.sendBeacon?.(`${url}sync`, toJson(request)),
    forget: (device) =>
      call("profile", {
        method: "DELETE",
        headers: { authorization: `Device ${device}` },
        keepalive: true,
      }),
    manifest: async (hash) => sound<Manifest>(await call(`manifest${hash ? `/${hash}` : ""}`), "hash", hash),
  };
}

/** A body that has a text under `key`, if `wanted` that one: it is the edge's, and not a captive portal's or a proxy's. */
function sound<Body>(body: unknown, key: keyof Body, wanted?: string): Body {
  const text = (body as Body | null)?.[key];
  if (typeof text !== "string" || (wanted ?? text) !== text) throw new Error("the answer is not the edge's");
  return body as Body;
}
