const utf8 = new TextEncoder();

/** Whether `signature` is the HMAC-SHA256 of `message`; compared in constant time, by the platform. */
export async function hmacMatches(
  key: string | Uint8Array<ArrayBuffer>,
  message: string,
  signature: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  return crypto.subtle.verify("HMAC", await importKey(key, "verify"), signature, utf8.encode(message));
}

/** The HMAC-SHA256 of `message`. */
export async function hmacOf(key: string | Uint8Array<ArrayBuffer>, message: string): Promise<Uint8Array> {
  const imported = await importKey(key, "sign");
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, utf8.encode(message)));
}

function importKey(key: string | Uint8Array<ArrayBuffer>, use: "sign" | "verify"): Promise<CryptoKey> {
  const bytes = typeof key === "string" ? utf8.encode(key) : key;
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, [use]);
}

/** The bytes that hex digits stand for; nothing for what is no hex. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^([0-9a-f]{2})+$/i.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** The bytes that base64 stands for; nothing for what is no base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
