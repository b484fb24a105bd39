import { setTimeout } from "node:timers/promises";

/** What a slot shows, and why, as `POST /v1/slots` answers. */
export interface Decision {
  variant: string | null;
  content: Readonly<Record<string, string>>;
  why: string;
}

export interface Decided {
  segments: readonly string[];
  slots: Readonly<Record<string, Decision>>;
}

/** What a server needs of Murmur: two calls over HTTP, in whatever language it is written. */
export interface MurmurServer {
  /**
   * Records an event by Segment's API, which any of Segment's server libraries does as well. Resolves when it is recorded, or
   * after `patience`: it goes on by itself then. Never rejects; what could not be recorded is said in the console.
   */
  track(anonymousId: string, event: string, properties: object): Promise<void>;
  /** What the visitor is shown. Without an answer in time, nothing: the page keeps its own content. */
  decide(anonymousId: string, slots: readonly string[]): Promise<Decided>;
}

export interface MurmurServerOptions {
  /** Where the worker runs. */
  edge: string;
  /** The secret one, which never leaves the server. */
  writeKey: string;
  /** How long a page waits for a call, ms. */
  patience: number;
}

/** An event of somebody's. The same `messageId` twice is one event. */
interface Message {
  anonymousId: string;
  event: string;
  properties: object;
  messageId: string;
}

export function murmurServer({ edge, writeKey, patience }: MurmurServerOptions): MurmurServer {
  const call = (path: string, body: object, timeout: number): Promise<Response> =>
    fetch(`${edge}${path}`, {
      method: "POST",
      headers: {
        authorization: `Basic ${btoa(`${writeKey}:`)}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeout),
    });
  const record = async (message: Message): Promise<void> => {
    try {
      const response = await call("/v1/track", message, 10_000);
      if (!response.ok) throw new Error(await response.text());
    } catch (reason) {
      console.error(`${message.event} was not recorded: ${reason}`);
    }
  };
  return {
    async track(anonymousId, event, properties) {
      const recorded = record({ anonymousId, event, properties, messageId: crypto.randomUUID() });
      await Promise.race([recorded, setTimeout(patience)]);
    },
    async decide(anonymousId, slots) {
      try {
        const response = await call("/v1/slots", { anonymousId, slots }, patience);
        if (response.ok) return (await response.json()) as Decided;
      } catch {
        // Too late, or not reached: the visitor does not wait for it.
      }
      return { segments: [], slots: {} };
    },
  };
}
