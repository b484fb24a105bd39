import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** 128 bits of the SHA-256 of texts, as 32 hex digits. No text runs into the next. */
export function hashOf(...texts: readonly (string | number)[]): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(texts)))).slice(0, 32);
}

/** A number from 0 up to 1 by a text: evenly spread, and the same each time. */
export function fractionOf(text: string): number {
  return parseInt(hashOf(text).slice(0, 12), 16) / 2 ** 48;
}
