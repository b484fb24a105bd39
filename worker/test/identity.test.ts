import { env } from "cloudflare:test";
import { base64url, generateKeyPair, importPKCS8, SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { event, newDevice, post, SECRET, sync, token, viewed, type ProblemBody } from "./kit/call.ts";
import { forged } from "./kit/forged-tokens.ts";

const CLAIMS = { sub: "cust", exp: 9_999_999_999 };

/** A good token with another name put in. */
function renamed(token: string, sub: string): string {
  const [header, claims, signature] = token.split(".") as [string, string, string];
  const read = JSON.parse(new TextDecoder().decode(base64url.decode(claims))) as object;
  return [header, base64url.encode(JSON.stringify({ ...read, sub })), signature].join(".");
}

function signedBy(key: CryptoKey): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: "ES256" })
    .setSubject("es256")
    .setExpirationTime("1h")
    .sign(key);
}

describe("a customer's token", () => {
  test("joins a device's log to the customer's profile, and both devices see one", async () => {
    const [phone, laptop] = [newDevice(), newDevice()];
    await sync(phone, [viewed(), viewed(), viewed()]);
    await sync(laptop, [viewed()]);
    const identity = await token(newDevice());
    await sync(phone, [], { identity });
    const joined = await sync(laptop, [], { identity });
    expect(joined.segments).toContain("running-shoe-intent");
    expect(joined.entries).toHaveLength(4);
    // From then on the device needs no token: its own profile knows where it has gone.
    expect((await sync(phone)).segments).toContain("running-shoe-intent");
    expect((await sync(phone, [event("Order Completed")])).accepted).toBe(1);
    expect((await sync(laptop, [], { identity })).segments).toContain("first-time-buyer");
  });

  test("joins once, however often and however much at once it is sent", async () => {
    const [device, identity] = [newDevice(), await token(newDevice())];
    await sync(device, [viewed(), viewed()]);
    await Promise.all(Array.from({ length: 5 }, () => sync(device, [], { identity })));
    expect((await sync(device, [], { identity })).entries).toHaveLength(2);
  });

  test("does not take over a device that belongs to somebody else", async () => {
    const device = newDevice();
    await sync(device, [viewed()], { identity: await token("first-" + device) });
    const { status, body } = await post<ProblemBody>("/v1/sync", {
      device,
      sentAt: Date.now(),
      identity: await token("second-" + device),
    });
    expect([status, body.code]).toEqual([409, "device_taken"]);
  });

  test.each([
    ["signed with another secret", () => token("cust", { secret: "another-secret-of-at-least-32-bytes!" })],
    ["expired", () => token("cust", { expires: "-1s" })],
    [
      "not signed at all",
      async () => `${btoa('{"alg":"none"}')}.${btoa('{"sub":"cust","exp":9999999999}')}.`,
    ],
    [
      "not signed at all, though it says how",
      async () => `${btoa('{"alg":"HS256"}')}.${btoa('{"sub":"cust","exp":9999999999}')}.`,
    ],
    ["signed for somebody else and renamed", async () => renamed(await token("mallory"), "cust")],
    ["without an end", () => forged({ alg: "HS256" }, { sub: "cust" }, SECRET)],
    ["without a name", () => forged({ alg: "HS256" }, { exp: 9_999_999_999 }, SECRET)],
    ["of a name that is too long", () => token("c".repeat(257))],
    [
      "not in force yet",
      () => forged({ alg: "HS256" }, { sub: "cust", exp: 9_999_999_999, nbf: 9_999_999_998 }, SECRET),
    ],
    ["signed in a stronger way than was agreed on", () => forged({ alg: "HS512" }, CLAIMS, SECRET)],
    [
      "one that names what must be understood",
      () => forged({ alg: "HS256", crit: ["x"], x: 1 }, CLAIMS, SECRET),
    ],
    [
      "one that brings its own key",
      () => forged({ alg: "HS256", jwk: { kty: "oct", k: "AA" } }, CLAIMS, "AA"),
    ],
    // The public key is known to all: taken for a secret, anybody could sign with it.
    [
      "signed with the public key as if it were the secret",
      () => forged({ alg: "HS256" }, CLAIMS, env.TOKEN_PUBLIC_KEY!),
    ],
    ["said to be RS256 and signed with the secret", () => forged({ alg: "RS256" }, CLAIMS, SECRET)],
    ["said to be ES256 and signed with the secret", () => forged({ alg: "ES256" }, CLAIMS, SECRET)],
    ["signed with another's private key", async () => signedBy((await generateKeyPair("ES256")).privateKey)],
    ["no token", async () => "nonsense"],
    ["empty", async () => ""],
  ])("counts for nothing when it is %s", async (_what, make) => {
    const { status, body } = await post<ProblemBody>("/v1/sync", {
      device: newDevice(),
      sentAt: Date.now(),
      identity: await make(),
    });
    expect([status, body.code]).toEqual([401, "token_invalid"]);
  });

  test("counts when it is put together by hand, and rightly", async () => {
    const identity = await forged({ alg: "HS256" }, { ...CLAIMS, sub: newDevice() }, SECRET);
    expect((await sync(newDevice(), [viewed()], { identity })).accepted).toBe(1);
  });

  test("counts when the shop signs it with its private key", async () => {
    const identity = await signedBy(await importPKCS8(env.testPrivateKey, "ES256"));
    await sync(newDevice(), [viewed(), viewed(), viewed(), viewed()], { identity });
    expect((await sync(newDevice(), [], { identity })).segments).toContain("running-shoe-intent");
  });

  test("is what a profile opens to: naming the customer as a device does not", async () => {
    const subject = newDevice();
    await sync(newDevice(), [viewed(), viewed(), viewed(), viewed()], { identity: await token(subject) });
    expect(await sync(subject)).toMatchObject({ segments: [], entries: [] });
  });
});
