import { DefinedObject } from "../definition-store/defined-object.ts";
import type { Env } from "../env.ts";
import type { Outcome } from "../profile/ask-profile.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { PageSockets } from "./page-sockets.ts";

/** What may come of a page's wish to connect. */
export type Admitted = "yes" | "no_consent" | "too_many_connections";

/** A page that wants to be told, as the worker passes its wish on. */
export interface Listener {
  address: ProfileAddress;
  /** Its device; none where it has shown a customer's token. */
  device?: string | undefined;
}

/** A Durable Object that pages may connect to. A connection cannot be handed out by a remote call: it takes `fetch`. */
export abstract class PushObject extends DefinedObject {
  protected readonly pages: PageSockets;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.pages = new PageSockets(ctx);
  }

  /** Whether a page may listen here, or where else. */
  protected abstract admits(listener: Listener): Promise<Outcome<Admitted>>;

  /** Connects a page, or answers with the outcome that tells why not. */
  override async fetch(request: Request): Promise<Response> {
    const listener = listenerIn(request);
    const outcome = await this.admits(listener);
    if (outcome.kind !== "answer" || outcome.answer !== "yes") return Response.json(outcome);
    if (this.pages.hasRoom(listener.device)) return this.pages.accept(listener.device);
    return Response.json({ kind: "answer", answer: "too_many_connections" } satisfies Outcome<Admitted>);
  }

  override webSocketMessage(socket: WebSocket): void {
    this.pages.refuse(socket);
  }

  override webSocketClose(socket: WebSocket): void {
    this.pages.part(socket);
  }
}

/** A listener as a request that only the worker can make. */
export function listenerRequest(listener: Listener): Request {
  const url = `https://profile/?${new URLSearchParams({ listener: JSON.stringify(listener) })}`;
  return new Request(url, { headers: { upgrade: "websocket" } });
}

function listenerIn({ url }: Request): Listener {
  return JSON.parse(new URL(url).searchParams.get("listener")!) as Listener;
}
