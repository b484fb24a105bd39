import { fetchEdge, type ProblemBody } from "./call.ts";

/** As worker/vitest.config.ts binds them. */
export const SECRET_KEY = "a-secret-write-key-of-the-tests";
export const PUBLIC_KEY = "a-public-write-key-of-the-tests";

export interface Rejected {
  index: number;
  id: string | null;
  reason: string;
  path: string;
  message: string;
}

export interface SegmentAnswer {
  status: number;
  headers: Headers;
  body: Partial<ProblemBody> & { success?: boolean; rejected?: Rejected[] };
}

export function basic(key: string): string {
  return `Basic ${btoa(`${key}:`)}`;
}

/** Calls Segment's API as its libraries do, by default with the secret key. */
export async function segment(
  path: string,
  body: unknown,
  { key = SECRET_KEY, headers = {} }: { key?: string; headers?: Record<string, string> } = {},
): Promise<SegmentAnswer> {
  const answer = await fetchEdge(`/v1/${path}`, {
    method: "POST",
    body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
    headers: { authorization: basic(key), "content-type": "application/json", ...headers },
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

export async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
