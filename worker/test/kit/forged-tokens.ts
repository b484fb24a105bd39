import { env } from "cloudflare:test";
import { base64url, generateKeyPair, SignJWT } from "jose";
import { SECRET, token } from "./call.ts";

/** A token put together by hand: whatever its header says, its signature is an HMAC-SHA256 under `key`. */
export async function forged(header: object, claims: object, key: string): Promise<string> {
  const signed = [header, claims].map((part) => base64url.encode(JSON.stringify(part))).join(".");
  const utf8 = new TextEncoder();
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const secret = await crypto.subtle.importKey("raw", utf8.encode(key), hmac, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", secret, utf8.encode(signed));
  return `${signed}.${base64url.encode(new Uint8Array(signature))}`;
}

/** Tokens that say they are a customer's and do not prove it, by what is wrong with them. */
export function badTokens(sub: string): [string, () => Promise<string>][] {
  const claims = { sub, exp: 9_999_999_999 };
  const unsigned = [{ alg: "none" }, claims].map((part) => base64url.encode(JSON.stringify(part))).join(".");
  return [
    ["the customer's id alone", async () => sub],
    ["unsigned", async () => `${unsigned}.`],
    [
      "unsigned, with another's signature",
      async () => `${unsigned}.${(await token("mallory")).split(".")[2]}`,
    ],
    ["expired", () => token(sub, { expires: "-1s" })],
    ["of another secret", () => token(sub, { secret: "another-secret-of-at-least-32-bytes!" })],
    ["signed with the public key as a secret", () => forged({ alg: "HS256" }, claims, env.TOKEN_PUBLIC_KEY!)],
    ["RS256 in name, HMAC in truth", () => forged({ alg: "RS256" }, claims, SECRET)],
    ["ES256 in name, HMAC in truth", () => forged({ alg: "ES256" }, claims, SECRET)],
    [
      "really RS256, which was not agreed on",
      async () => {
        const { privateKey } = await generateKeyPair("RS256");
        return new SignJWT(claims).setProtectedHeader({ alg: "RS256" }).sign(privateKey);
      },
    ],
  ];
}
