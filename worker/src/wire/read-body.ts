import { Problem } from "./problem.ts";

/**
 * The text of a request's body, plain or gzip, as `Content-Encoding` says. Throws the problem `body_too_large` as soon
 * as it is more than `most` bytes, whether on the way or unpacked: a small body that unpacks to a huge one is never held.
 */
export async function readBody(request: Request, most: number): Promise<string> {
  const encoding = request.headers.get("content-encoding")?.trim().toLowerCase() || "identity";
  if (encoding !== "identity" && encoding !== "gzip")
    throw new Problem("unsupported_encoding", "Send the body as it is, or as gzip.");
  const sent = await bytesOf(request.body, most);
  if (encoding === "identity") return new TextDecoder().decode(sent);
  return new TextDecoder().decode(await unpacked(sent, most));
}

async function unpacked(sent: Uint8Array<ArrayBuffer>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await bytesOf(new Blob([sent]).stream().pipeThrough(new DecompressionStream("gzip")), most);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem("invalid_request", "The body is not gzip, as its Content-Encoding says.");
  }
}

async function bytesOf(
  stream: ReadableStream<Uint8Array> | null,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream ?? []) {
    length += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (length > most) throw new Problem("body_too_large", `Send at most ${most} bytes at a time.`);
    chunks.push(chunk);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
