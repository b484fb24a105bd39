import { createExecutionContext, env } from "cloudflare:test";
import { afterEach, describe, expect, test, vi } from "vitest";
import { app } from "../src/app.ts";
import type { Env } from "../src/env.ts";
import { SETTING_RULES } from "../src/settings/setting-rules.ts";
import { wrongSettings } from "../src/settings/wrong-settings.ts";
import { consume } from "./kit/queue-call.ts";

const set: Env = env;

const wrongWith = async (more: Partial<Record<keyof Env, unknown>>) =>
  (await wrongSettings({ ...set, ...more } as Env)).map(({ setting }) => setting);

afterEach(() => vi.restoreAllMocks());

describe("settings", () => {
  test("of the tests, of none, and empty ones are right", async () => {
    expect(await wrongWith({})).toEqual([]);
    const empty = Object.fromEntries(Object.keys(SETTING_RULES).map((name) => [name, ""]));
    expect(await wrongWith(empty)).toEqual([]);
  });

  test.for([
    ["ALLOWED_ORIGINS", "https://shop.example, http://localhost:3000", "https://shop.example/"],
    ["ALLOWED_ORIGINS", "https://shop.example,", "shop.example"],
    ["ALLOWED_ORIGINS", "https://shop.example", "https://shop.example https://www.shop.example"],
    ["ALLOWED_ORIGINS", "https://shop.example", "*"],
    ["ALLOWED_ORIGINS", "https://shop.example", "https://Shop.example"],
    ["COOKIE_DOMAIN", "shop.example", "https://shop.example"],
    ["COOKIE_DOMAIN", "localhost", "shop.example:8787"],
    ["EVENTS_PER_MINUTE", "1200", "6OO"],
    ["BANDIT_MINUTES", "0.5", "0"],
    ["ORIGIN", "http://origin.shop.example", "origin.shop.example"],
    ["CONSENT", "opt-out", "optout"],
    ["OPT_IN_COUNTRIES", "EU, gb", "Germany"],
    ["DEVICE_COOKIE", "murmur_shop", "murmur shop"],
    ["DECIDE_TIMEOUT", "0", "300 ms"],
    ["TOKEN_SECRET", "x".repeat(32), "short"],
    ["TOKEN_PUBLIC_KEY", env.TOKEN_PUBLIC_KEY!, env.TOKEN_PUBLIC_KEY!.replaceAll("\n", "\\n")],
    ["SECRET_WRITE_KEY", "a+b/c==", "a:b"],
    ["PUBLIC_WRITE_KEY", "key", "schlüssel"],
    ["ADMIN_TOKEN", "t0ken", "two words"],
    ["TRUST_DEVICE_EMAIL", "1", "true"],
    ["MURMUR_DEV", "0", "yes"],
    ["JURISDICTION", "eu", "EU"],
    ["WEBHOOK_URL", "https://receiver.example/hook", "receiver.example/hook"],
    ["WEBHOOK_SECRET", "whsec_b25seS1mb3ItdGhlLXRlc3RzLW5vLXNlY3JldA==", "whsec_short"],
    ["WEBHOOK_RECEIVERS", '{"ads":"https://ads.example/"}', "ads=https://ads.example/"],
    ["WEBHOOK_RECEIVERS", "{}", '{"ads":"ads.example"}'],
    ["WEBHOOK_RECEIVERS", "{}", '["https://ads.example/"]'],
    ["EMAIL_FROM", "Tarnfell <shop@tarnfell.example>", "Tarnfell"],
    ["EMAIL_API_URL", "https://api.eu.mailgun.net", "api.eu.mailgun.net"],
    ["EDGE_URL", "https://edge.shop.example", "edge.shop.example"],
    ["EDGE_URL", "http://localhost:8787/", "localhost:8787"],
    ["EDGE_URL", "https://edge.shop.example/", "https://shop.example/edge"],
    ["EDGE_URL", "https://edge.shop.example:8443", "https://edge.shop.example?shop=1"],
    ["MAILGUN_DOMAIN", "mg.shop.example", "https://mg.shop.example"],
    ["SENDGRID_WEBHOOK_KEY", "MFkwEwYHKoZI", "-----BEGIN PUBLIC KEY-----"],
    ["POSTMARK_WEBHOOK_LOGIN", "name:pass:word", "name"],
    ["RESEND_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_?"],
    ["GENERIC_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "not base64!"],
    ["SES_TOPIC_ARNS", "arn:aws:sns:eu-west-1:1:a, arn:aws:sns:eu-west-1:1:b", "a-topic"],
  ] as const)("%s may be %s, and not %s", async ([setting, right, wrong]) => {
    expect(await wrongWith({ [setting]: right })).toEqual([]);
    expect(await wrongWith({ [setting]: wrong })).toEqual([setting]);
  });

  test("that others need are missed", async () => {
    expect(await wrongWith({ WEBHOOK_SECRET: "" })).toEqual(["WEBHOOK_SECRET"]);
    expect(await wrongWith({ EMAIL_PROVIDER: "Resend" })).toEqual(["EMAIL_PROVIDER"]);
    expect(await wrongWith({ EMAIL_PROVIDER: "mailgun" })).toEqual([
      "EMAIL_FROM",
      "EMAIL_API_KEY",
      "MAILGUN_DOMAIN",
    ]);
    expect(await wrongWith({ EDGE_URL: "https://edge.example", TOKEN_SECRET: "" })).toEqual(["TOKEN_SECRET"]);
    // A template of the shop's leads there.
    const sending = { EMAIL_PROVIDER: "resend", EMAIL_FROM: "shop@shop.example", EMAIL_API_KEY: "key" };
    expect(await wrongWith({ ...sending, EDGE_URL: "" })).toEqual(["EDGE_URL"]);
    expect(await wrongWith({ EDGE_URL: "" })).toEqual([]);
    expect(await wrongWith({ EXPERIMENTS: undefined })).toEqual(["EXPERIMENTS"]);
    expect(await wrongWith({ WEBHOOKS: undefined })).toEqual(["WEBHOOKS"]);
    // The shop's journeys send by it, too.
    expect(await wrongWith({ WEBHOOKS: undefined, WEBHOOK_URL: "" })).toEqual(["WEBHOOKS"]);
  });

  test("by a name that is none are told", async () => {
    const [wrong] = await wrongSettings({ ...set, ALLOWED_ORIGIN: "https://shop.example" } as never);
    expect(wrong).toEqual({ setting: "ALLOWED_ORIGIN", must: expect.stringContaining("another name") });
  });
});

describe("what is wrong with them", () => {
  const mistaken = (): Env =>
    ({ ...set, ALLOWED_ORIGINS: "https://shop.example/", TOKEN_SECRET: "a-secret", SHOP: "x" }) as never;
  const told = () => {
    const lines = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    return () => lines.mock.calls.map(([line]) => JSON.parse(line as string));
  };

  test("stands in the log once, also where a page is refused for it, and says nothing of what they are", async () => {
    const lines = told();
    const wrong = mistaken();
    for (let call = 0; call < 2; call++) {
      const headers = { origin: "https://shop.example" };
      const answer = await app.request("/v1/manifest", { headers }, wrong, createExecutionContext());
      expect(answer.status).toBe(403);
    }
    expect(lines()).toEqual(
      ["ALLOWED_ORIGINS", "TOKEN_SECRET", "SHOP"].map((setting) => ({
        level: "warn",
        event: "setting_wrong",
        setting,
        must: expect.any(String),
      })),
    );
    expect(JSON.stringify(lines())).not.toContain("a-secret");
  });

  test("stands there where the worker only takes from the queue", async () => {
    const lines = told();
    await consume([], 1, mistaken());
    expect(lines()).toHaveLength(3);
  });

  test("is told by /healthz, by its name alone", async () => {
    told();
    const health = async (settings: Env) => (await app.request("/healthz", {}, settings)).json();
    const right = await health({ ...set });
    expect(right).toEqual({ status: "ok", manifest: expect.any(String) });
    expect(await health(mistaken())).toEqual({ ...right!, settings: ["ALLOWED_ORIGINS", "TOKEN_SECRET"] });
  });
});
