import { createHash } from "node:crypto";
import { brotliCompressSync } from "node:zlib";

/**
 * The hash that a page names in a script's `integrity`.
 * https://www.w3.org/TR/SRI/#the-integrity-attribute
 * @param {string} text
 */
export function integrityOf(text) {
  return `sha384-${createHash("sha384").update(text).digest("base64")}`;
}

/**
 * A line for each file: its name, its size as browsers fetch it, its hash.
 * @param {Readonly<Record<string, string>>} files text by name
 */
export function fileList(files) {
  return Object.entries(files).map(
    ([name, text]) =>
      `${name.padEnd(26)} ${String(brotliCompressSync(text).length).padStart(6)} bytes brotli  ${integrityOf(text)}`,
  );
}
