/** Bytes of each of the two numbers of a P-256 signature. */
const SIZE = 32;

/**
 * An ECDSA P-256 signature as WebCrypto takes it (r and s side by side, IEEE P1363) from the DER that others write: a
 * SEQUENCE of two INTEGERs (RFC 3279, 2.2.3). Nothing for what is not that, to the byte.
 */
export function rawSignature(der: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  // 72 bytes at most: every length is a single byte.
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return undefined;
  const raw = new Uint8Array(2 * SIZE);
  let at = 2;
  for (const end of [SIZE, 2 * SIZE]) {
    const length = der[at + 1] ?? 0;
    const number = der.subarray(at + 2, at + 2 + length);
    if (der[at] !== 0x02 || length === 0 || number.length !== length) return undefined;
    // A zero in front keeps a number whose first bit is set from being negative.
    const digits = number[0] === 0 ? number.subarray(1) : number;
    if (digits.length > SIZE) return undefined;
    raw.set(digits, end - digits.length);
    at += 2 + length;
  }
  return at === der.length ? raw : undefined;
}
