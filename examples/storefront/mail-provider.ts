import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** An e-mail as it was handed in. */
export type Mail = {
  id: string;
  /** Its `Idempotency-Key`. */
  key: string;
  from: string;
  to: readonly string[];
  subject: string;
  html: string;
  text: string;
  /** When it came first, ms. */
  arrivedAt: number;
  /** How often it was handed in. */
  calls: number;
};

export type MailProvider = {
  url: string;
  /** The settings of a worker that sends by it. */
  settings: Readonly<Record<string, string>>;
  /** What was handed in, the latest first. */
  mails(): readonly Mail[];
  close(): Promise<void>;
};

type Answer = { status: number; body: object };

const kept = 200;
const mostBytes = 1_048_576;

/**
 * A local stand-in for Resend's HTTP API, https://resend.com/docs/api-reference/emails/send-email: it sends nothing, and
 * shows what it was handed. One `Idempotency-Key` is one e-mail.
 */
export async function startMailProvider(): Promise<MailProvider> {
  const apiKey = `re_${randomBytes(16).toString("hex")}`;
  const mails = new Map<string, Mail>();
  const server = createServer((request, response) => {
    void take(request, apiKey, mails)
      .catch((): Answer => refusal(500, "application_error", "Something went wrong."))
      .then(({ status, body }) =>
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body)),
      );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    settings: {
      EMAIL_PROVIDER: "resend",
      EMAIL_FROM: "Tarnfell <shop@tarnfell.example>",
      EMAIL_API_KEY: apiKey,
      EMAIL_API_URL: url,
    },
    mails: () => [...mails.values()].reverse(),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

const refusal = (status: number, name: string, message: string): Answer => ({
  status,
  body: { statusCode: status, name, message },
});

async function take(request: IncomingMessage, apiKey: string, mails: Map<string, Mail>): Promise<Answer> {
  const { method, url, headers } = request;
  const words = await read(request);
  if (method !== "POST" || url !== "/emails") return refusal(404, "not_found", "There is only POST /emails.");
  if (headers.authorization !== `Bearer ${apiKey}`)
    return refusal(403, "invalid_api_key", "API key is invalid.");
  const key = headers["idempotency-key"] ?? randomUUID();
  if (typeof key !== "string" || key.length > 256)
    return refusal(400, "invalid_idempotency_key", "The key must be between 1-256 characters.");
  const before = mails.get(key);
  if (before) {
    before.calls++;
    return { status: 200, body: { id: before.id } };
  }
  const content = words === undefined ? undefined : contentOf(words);
  if (!content) return refusal(422, "validation_error", "It needs from, to, subject, and html or text.");
  const mail: Mail = { id: randomUUID(), key, ...content, arrivedAt: Date.now(), calls: 1 };
  mails.set(key, mail);
  for (const oldest of mails.keys()) if (mails.size > kept) mails.delete(oldest);
  return { status: 200, body: { id: mail.id } };
}

/** The body, or undefined when it is longer than an e-mail of a shop would be. */
async function read(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= mostBytes) chunks.push(chunk);
  }
  return size <= mostBytes ? Buffer.concat(chunks).toString("utf8") : undefined;
}

function contentOf(body: string): Pick<Mail, "from" | "to" | "subject" | "html" | "text"> | undefined {
  let said: unknown;
  try {
    said = JSON.parse(body);
  } catch {
    return undefined;
  }
  const { from, to, subject, html = "", text = "" } = (said ?? {}) as Record<string, unknown>;
  const isText = (value: unknown): value is string => typeof value === "string";
  const people: unknown[] = Array.isArray(to) ? to : [to];
  if (!isText(from) || !isText(subject) || !isText(html) || !isText(text)) return undefined;
  if (people.length === 0 || !people.every(isText) || html + text === "") return undefined;
  return { from, to: people, subject, html, text };
}
