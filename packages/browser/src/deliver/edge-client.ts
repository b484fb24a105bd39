import type { Manifest } from "@murmur/core";
import { toJson } from "../json.ts";
import { retryAfter } from "./back-off.ts";
import { isSyncResponse, type SyncRequest, type SyncResponse } from "./sync-protocol.ts";

/** How long an answer may take, ms. */
const TIMEOUT = 20_000;

/** A call that did not go through. */
export class EdgeError extends Error {
  /** The answer's HTTP status, where there was one. */
  readonly status: number | undefined;
  /** The problem's stable code (RFC 9457), where the edge gave one. */
  readonly code: string | undefined;
  /** The least to wait before the next try, ms, where the edge said so. */
  readonly retryAfter: number | undefined;

  constructor(message: string, status?: number, code?: string, retryAfter?: number) {
    super(message);
    this.name = "EdgeError";
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** The edge's HTTP interface as the tag uses it. */
export class EdgeClient {
  readonly #origin: string;

  /** `origin` is where the worker runs, as `https://edge.shop.example`. */
  constructor(origin: string) {
    this.#origin = origin.replace(/\/+$/, "");
  }

  /** Throws an EdgeError, or what `fetch` throws. */
  async sync(request: SyncRequest): Promise<SyncResponse> {
    // Sent as text/plain, which is the type of a string body: no preflight is needed.
    const body = await this.#json("/v1/sync", {
      method: "POST",
      body: toJson(request),
      keepalive: true,
      // The answer may renew the device's cookie.
      credentials: "include",
    });
    if (!isSyncResponse(body)) throw new EdgeError("the answer is not the edge's");
    return body;
  }

  /** Sends what cannot wait for an answer: the page is going away. Says whether the browser has taken it. */
  beacon(request: SyncRequest): boolean {
    return navigator.sendBeacon?.(`${this.#origin}/v1/sync`, toJson(request));
  }

  /** Erases what the edge keeps of a device. */
  async forget(device: string): Promise<void> {
    const headers = { authorization: `Device ${device}` };
    await this.#json("/v1/profile", { method: "DELETE", headers, keepalive: true });
  }

  /** The manifest of that hash, or the one in force. */
  async manifest(hash?: string): Promise<Manifest> {
    const body = (await this.#json(`/v1/manifest${hash ? `/${hash}` : ""}`, {})) as Partial<Manifest> | null;
    const { hash: given, plan } = body ?? {};
    const isAsked = typeof given === "string" && (hash === undefined || given === hash);
    if (!isAsked || typeof plan !== "object") throw new EdgeError("the answer is not the edge's");
    return { hash: given, plan };
  }

  async #json(path: string, init: RequestInit): Promise<unknown> {
    const response = await fetch(this.#origin + path, {
      ...init,
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (response.ok) return response.status === 204 || response.json();
    const problem = (await response.json().catch(() => null)) as { code?: string; title?: string } | null;
    const wait = retryAfter(response.headers.get("retry-after"), Date.now());
    throw new EdgeError(`${response.status} ${problem?.title ?? ""}`, response.status, problem?.code, wait);
  }
}
