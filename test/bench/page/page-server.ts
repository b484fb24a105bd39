import type { EventEntry } from "@murmur/core";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import type { Candidate } from "./candidates.ts";
import { endpoint, type Answer } from "./endpoints.ts";

/** With these, a page's clock counts in 5 µs; without, in 100. The same for all. */
const HEADERS = {
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

export interface PageServer {
  url: string;
  /** Where the page of a candidate is. */
  page(candidate: Candidate): string;
  /** Requests that nobody here could answer. */
  unanswered: ReadonlySet<string>;
  close(): Promise<void>;
}

/** Serves each candidate's page, its script, and everything that it calls. */
export async function startPageServer(
  candidates: readonly Candidate[],
  log: readonly EventEntry[] = [],
): Promise<PageServer> {
  const unanswered = new Set<string>();
  const server = createServer((request, response) => {
    void (async () => {
      const path = new URL(request.url!, "http://localhost").pathname;
      const own = file(candidates, path) ?? endpoint(path, await bodyOf(request), log);
      if (!own) unanswered.add(`${request.method} ${path}`);
      send(response, own ?? { status: 404, type: "text/plain", body: "" });
    })();
  }).listen(0, "localhost");
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    url,
    page: (candidate) => `${url}/page/${candidates.indexOf(candidate)}`,
    unanswered,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The page of a candidate, or its script. */
function file(candidates: readonly Candidate[], path: string): Answer | undefined {
  const [, kind, at = ""] = /^\/(page|script)\/(\d+)$/.exec(path) ?? [];
  const candidate = candidates[Number(at)];
  if (path === "/favicon.ico") return { status: 204, type: "image/x-icon", body: "" };
  if (path === "/blank") return { status: 200, type: "text/html", body: page({ name: "blank" }, "") };
  if (kind === "page" && candidate) return { status: 200, type: "text/html", body: page(candidate, at) };
  if (kind === "script") return { status: 200, type: "text/javascript", body: candidate?.script ?? "" };
  return undefined;
}

function page({ name, script, attributes = "", inline = "" }: Candidate, at: string): string {
  const scripts = [
    // By it the trace tells which of its threads is the page's, and when it began.
    `<script>performance.mark("page");${inline}</script>`,
    script === undefined ? "" : `<script async src="/script/${at}" ${attributes}></script>`,
  ];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title>${scripts.join("")}<p>A page.</p></html>`;
}

/** What was sent, as text: posthog-js compresses it. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  return (body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body).toString();
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { ...HEADERS, "content-type": type });
  response.end(body);
}
