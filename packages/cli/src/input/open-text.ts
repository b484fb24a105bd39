import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { TextDecoder } from "node:util";
import { createGunzip } from "node:zlib";
import { UsageError } from "../terminal/usage-error.ts";
import { noTextBecause } from "./no-text.ts";

/** Bytes that are read at once: few, so that how far it is can be told of a small file that unpacks to a large one. */
const CHUNK = 1 << 16;
/** Bytes that are unpacked at once: what is larger has a place of its own in memory, which is dear to be made and given back. */
const UNPACKED = 1 << 16;

/** The text of a file, or of the standard input, as it comes in; what was gzipped is not any more. */
export interface OpenText {
  name: string;
  chunks: AsyncIterable<string>;
  /** How many bytes of it, as it lies there, have been read. */
  read(): number;
}

/** What is meant by a file's name: `-` is the standard input. */
export const STDIN = "-";

/** Bytes of a file; undefined for the standard input. @throws UsageError when there is no such file */
export async function sizeOf(path: string): Promise<number | undefined> {
  if (path === STDIN) return undefined;
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new UsageError(`there is no ${path}`);
  if (found.isDirectory())
    throw new UsageError(`${path} is no file: name the files, or let the shell do it (${path}/*)`);
  // It may have to be read twice.
  if (!found.isFile()) throw new UsageError(`${path} is no file: pipe it in, and name it -`);
  return found.size;
}

export function openText(path: string, stdin: Readable): OpenText {
  let bytes = 0;
  async function* counted(source: Readable): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      const buffer = Buffer.from(chunk as Buffer);
      bytes += buffer.length;
      yield buffer;
    }
  }
  const source = path === STDIN ? stdin : createReadStream(path, { highWaterMark: CHUNK });
  return {
    name: path === STDIN ? "standard input" : basename(path),
    chunks: textOf(counted(source), path),
    read: () => bytes,
  };
}

async function* textOf(source: AsyncGenerator<Buffer>, path: string): AsyncGenerator<string> {
  const first = await source.next();
  if (first.done) return;
  const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b;
  const whole = withFirst(first.value, source);
  let decoder: TextDecoder | undefined;
  try {
    for await (const chunk of isGzip ? unzipped(whole) : whole) {
      decoder ??= decoderOf(chunk, path);
      yield decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith("Z_"))
      throw new UsageError(`${path} is damaged: ${(error as Error).message}. Was it copied whole?`);
    throw error;
  }
  const last = decoder?.decode() ?? "";
  if (last !== "") yield last;
}

/** UTF-8, but where the text begins with the mark of UTF-16, as Excel writes "Unicode text". @throws UsageError where it is no text */
function decoderOf(beginning: Buffer, path: string): TextDecoder {
  const why = noTextBecause(beginning);
  if (why !== undefined) throw new UsageError(`${path} ${why}`);
  const mark = beginning.subarray(0, 2).toString("hex");
  return new TextDecoder(mark === "fffe" ? "utf-16le" : mark === "feff" ? "utf-16be" : "utf-8");
}

async function* withFirst(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

function unzipped(source: AsyncGenerator<Buffer>): AsyncIterable<Buffer> {
  const gunzip = createGunzip({ chunkSize: UNPACKED });
  Readable.from(source, { objectMode: false, highWaterMark: CHUNK / 4 })
    .on("error", (error) => gunzip.destroy(error))
    .pipe(gunzip);
  return gunzip;
}
