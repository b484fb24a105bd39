import type { IncomingMessage, ServerResponse } from "node:http";
import type { Html } from "./html.ts";

const mostBytes = 16_384;

export const contentPolicy = (edge: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${new URL(edge).origin}`,
    "style-src 'self'",
    `connect-src 'self' ${new URL(edge).origin}`,
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

export function sendPage(response: ServerResponse, page: Html, policy: string, status = 200): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy,
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-content-type-options": "nosniff",
    // A page may carry a customer's token, so that nothing on the way may keep it.
    "cache-control": "private, no-store",
  });
  response.end(page.markup);
}

export function sendFile(response: ServerResponse, type: string, body: string | Buffer, cache: string): void {
  response.writeHead(200, {
    "content-type": type,
    "x-content-type-options": "nosniff",
    "cache-control": cache,
  });
  response.end(body);
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "x-content-type-options": "nosniff",
  });
  response.end(text);
}

export function redirect(response: ServerResponse, location: string, cookies: string[] = []): void {
  response.writeHead(303, { location, "cache-control": "no-store", "set-cookie": cookies });
  response.end();
}

/** Forms are taken from our own pages only, also when the edge stands in front of them: no other page can say so. */
export function fromOwnPage({ headers }: IncomingMessage): boolean {
  const { origin, host, "x-forwarded-host": seen = host } = headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === seen);
}

/** The form's fields, or undefined when there are more of them than a form of ours could send. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}
