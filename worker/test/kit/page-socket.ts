import { vi } from "vitest";
import { fetchEdge } from "./call.ts";

/** A page's connection, as a browser's WebSocket has it. */
export interface PageSocket {
  socket: WebSocket;
  /** What it has been told so far. */
  told: unknown[];
  /** The code that it was closed with, once it was. */
  closed?: number;
  /** Resolves when it has been told so many things. */
  hears(count: number): Promise<void>;
  /** Resolves when it was closed. */
  ends(): Promise<number>;
}

export function askToListen(protocols: string, headers: Record<string, string> = {}): Promise<Response> {
  const asked = { upgrade: "websocket", ...(protocols && { "sec-websocket-protocol": protocols }) };
  return fetchEdge("/v1/push", { headers: { ...asked, ...headers } });
}

/** Connects a page that says who it is by a protocol. */
export async function listen(who: string): Promise<PageSocket> {
  const response = await askToListen(`murmur, ${who}`, { origin: "https://shop.example" });
  const socket = response.webSocket;
  if (!socket) throw new Error(`${response.status} ${await response.text()}`);
  const page: PageSocket = {
    socket,
    told: [],
    hears: (count) =>
      vi.waitFor(
        () => {
          if (page.told.length < count) throw new Error(`told ${page.told.length} of ${count}`);
        },
        { timeout: 10_000 },
      ),
    ends: () =>
      vi.waitFor(
        () => {
          if (page.closed === undefined) throw new Error("still open");
          return page.closed;
        },
        { timeout: 10_000 },
      ),
  };
  socket.addEventListener("message", ({ data }) => void page.told.push(data));
  socket.addEventListener("close", ({ code }) => void (page.closed = code));
  socket.accept();
  return page;
}

/** What a page has been told by now: what there was to tell before is there before the answer to its ping. */
export async function toldBy({ socket, told }: PageSocket): Promise<unknown[]> {
  const pongs = (): number => told.filter((said) => said === "pong").length;
  const before = pongs();
  socket.send("ping");
  await vi.waitFor(() => {
    if (pongs() === before) throw new Error("no answer yet");
  });
  return told.filter((said) => said !== "pong");
}
