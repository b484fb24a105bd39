import { env } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { usedTokens } from "../src/hooks/used-tokens.ts";
import { callHook, mailgunBody } from "./kit/hook-signers.ts";

describe("a call of Mailgun's", () => {
  const processed = { event: "accepted", id: "CCXMjJ7nQi2N3BPigGOdgQ", timestamp: 1770146798.87 };

  test("is taken once: the same again is refused in the way that Mailgun does not repeat", async () => {
    const body = await mailgunBody(processed);
    expect((await callHook("mailgun", body)).status).toBe(200);
    const again = await callHook("mailgun", body);
    expect([again.status, again.body.code]).toEqual([406, "hook_replayed"]);
  });

  test("does not lend its signature to another body", async () => {
    const token = crypto.randomUUID();
    const given = { token, timestamp: String(Math.floor(Date.now() / 1_000)) };
    await callHook("mailgun", await mailgunBody(processed, given));
    const other = await callHook("mailgun", await mailgunBody({ ...processed, id: "another" }, given));
    expect([other.status, other.body.code]).toEqual([406, "hook_replayed"]);
  });

  test("that broke off half way may come again, and so may no other with its token", async () => {
    const [tokens, token, until] = [usedTokens(env), crypto.randomUUID(), Date.now() + 60_000];
    expect(await tokens.take(token, "body", until)).toBe(true);
    expect(await tokens.take(token, "body", until)).toBe(true);
    expect(await tokens.take(token, "other", until)).toBe(false);
    await tokens.useUp(token);
    expect(await tokens.take(token, "body", until)).toBe(false);
  });

  test("is forgotten when its signature is too old by itself", async () => {
    const [tokens, token] = [usedTokens(env), crypto.randomUUID()];
    await tokens.take(token, "body", Date.now() - 1);
    expect(await tokens.take(token, "other", Date.now() + 60_000)).toBe(true);
  });

  test.each([
    ["half a day ago", String(Math.floor(Date.now() / 1_000) - 12 * 3_600 - 2)],
    ["from half a day ahead", String(Math.floor(Date.now() / 1_000) + 12 * 3_600 + 2)],
  ])("is refused when it was signed %s", async (_what, timestamp) => {
    const { status } = await callHook("mailgun", await mailgunBody(processed, { timestamp }));
    expect(status).toBe(401);
  });

  test.each([
    ["another signature", { signature: "0".repeat(64) }, 401],
    ["a signature that is no hex", { signature: "x".repeat(64) }, 401],
    ["another token", { token: "another" }, 401],
    ["another instant", { timestamp: "1" }, 401],
    ["a signature of another type", { signature: 1 }, 400],
  ])("is refused with %s", async (_what, change, expected) => {
    const whole = JSON.parse(await mailgunBody(processed)) as { signature: object };
    const forged = { ...whole, signature: { ...whole.signature, ...change } };
    expect((await callHook("mailgun", JSON.stringify(forged))).status).toBe(expected);
  });
});
