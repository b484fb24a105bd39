import { SELF } from "cloudflare:test";
import { SignJWT } from "jose";

/** As worker/vitest.config.ts binds it. */
export const SECRET = "a-secret-of-the-tests-of-32-bytes-or-more";
const ORIGIN = "https://edge.example";

export interface Answer {
  accepted: number;
  duplicates: number;
  rejected: { id: string | null; reason: string }[];
  segments: string[];
  slots: Record<string, { variant: string | null; content: Record<string, unknown> }>;
  nextChange?: number;
  shift: number;
  timestamps: Record<string, number>;
  entries: { id: string; name?: string; timestamp: number; properties?: Record<string, unknown> }[];
  log: string;
  cursor: number;
  more: boolean;
  manifest: string;
}

export interface ProblemBody {
  code: string;
  status: number;
  detail: string;
  errors?: { path: string; message: string }[];
}

export function fetchEdge(path: string, init?: RequestInit): Promise<Response> {
  return SELF.fetch(ORIGIN + path, init);
}

export async function post<Body>(path: string, body: unknown): Promise<{ status: number; body: Body }> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetchEdge(path, { method: "POST", body: text });
  return { status: response.status, body: await response.json() };
}

/** Delivers entries for a device as the tag does. */
export async function sync(
  device: string,
  entries: readonly unknown[] = [],
  more: object = {},
): Promise<Answer> {
  const { status, body } = await post<Answer>("/v1/sync", { device, sentAt: Date.now(), entries, ...more });
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

export function newDevice(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

export function event(name: string, properties: object = {}, timestamp = Date.now()) {
  return { type: "event", id: crypto.randomUUID(), name, timestamp, properties };
}

export function viewed(category = "running-shoes", timestamp = Date.now()) {
  return event("Product Viewed", { category, price: 99 }, timestamp);
}

/** A customer's token; `issuedAt` in seconds. */
export function token(
  subject: string,
  { secret = SECRET, expires = "1h", issuedAt = Math.floor(Date.now() / 1_000) } = {},
): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(subject)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(secret));
}
