import { fromHex, toHex } from "../wire/hex.ts";

/** An id as it is stored: one as the tag makes them, in half the bytes. */
export type PackedId = string | ArrayBuffer;

const HEX_ID = /^[0-9a-f]{32}$/;

/** 128 bits as 32 hex digits become 16 bytes; any other text stays what it is. No two ids become one. */
export function packId(id: string): PackedId {
  return HEX_ID.test(id) ? fromHex(id).buffer : id;
}

export function unpackId(packed: PackedId): string {
  return typeof packed === "string" ? packed : toHex(new Uint8Array(packed));
}
