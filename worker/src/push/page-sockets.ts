/** All that a page is ever told: what has changed, it asks for itself. */
const CHANGED = "changed";
/** The protocol that pages offer, beside the one that says who they are: an answer must name one of them. */
export const PROTOCOL = "murmur";
/** Connections that one device may hold: pages connect only while they are seen. */
const MOST = 10;
/** Of pages that said whose they are by a customer's token. */
const CUSTOMER = "customer";

/** Close codes (RFC 6455, section 7.4): what the page is connected to is elsewhere now; what it said is not for here. */
const MOVED = [4001, "connect again"] as const;
const UNEXPECTED = [1008, "only pings are answered here"] as const;

/**
 * The open pages that are told when something changes in a profile. Their connections hibernate: they last while the
 * profile leaves memory, and cost nothing then. https://developers.cloudflare.com/durable-objects/best-practices/websockets/
 */
export class PageSockets {
  readonly #ctx: DurableObjectState;
  #news = false;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
  }

  /** Whether one more page of a device may connect. */
  hasRoom(device = CUSTOMER): boolean {
    return this.#ctx.getWebSockets(device).length < MOST;
  }

  /** The answer that connects a page of a device, or of a customer. */
  accept(device = CUSTOMER): Response {
    const { 0: theirs, 1: ours } = new WebSocketPair();
    this.#ctx.acceptWebSocket(ours, [device]);
    // Answered by the platform itself: the profile is not woken.
    this.#ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
    return new Response(null, { status: 101, webSocket: theirs });
  }

  /** Notes that there is something to tell. */
  note(): void {
    this.#news = true;
  }

  /** Tells the pages what was noted, but for those of the device whose own call it came of. */
  tell(cause?: string): void {
    if (!this.#news) return;
    this.#news = false;
    const knowing = new Set(cause === undefined ? [] : this.#ctx.getWebSockets(cause));
    for (const socket of this.#ctx.getWebSockets())
      if (!knowing.has(socket)) quietly(() => socket.send(CHANGED));
  }

  /** Lets the pages of a device go, or all of them: who connects again is led to where the profile is now. */
  dismiss(device?: string): void {
    for (const socket of this.#ctx.getWebSockets(device)) quietly(() => socket.close(...MOVED));
  }

  /** A page goes: it waits for the answer to its goodbye. */
  part(socket: WebSocket): void {
    quietly(() => socket.close());
  }

  /** Lets go of a page that says what nobody asked. */
  refuse(socket: WebSocket): void {
    quietly(() => socket.close(...UNEXPECTED));
  }
}

/** A page that is gone, and not known to be yet, has nothing to be told. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // It will connect again, or not.
  }
}
