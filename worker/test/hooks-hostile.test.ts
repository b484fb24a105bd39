import { beforeEach, describe, expect, test, vi } from "vitest";
import { fetchEdge, type ProblemBody } from "./kit/call.ts";
import { customer, mails, NOTHING, OPENS, recentSeconds } from "./kit/hook-opens.ts";
import { SENDGRID_BATCH } from "./kit/hook-payloads.ts";
import {
  callHook,
  signedHook,
  signGeneric,
  signKlaviyo,
  signResend,
  signSendgrid,
} from "./kit/hook-signers.ts";

beforeEach(() => vi.restoreAllMocks());

describe("a call that is none", () => {
  async function problem(path: string, init: RequestInit) {
    const response = await fetchEdge(path, init);
    const body = await response.json<ProblemBody>();
    expect(JSON.stringify(body)).not.toMatch(/\.ts|at \w+ \(/);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    return [response.status, body.code];
  }

  test.each(["mandrill", "__proto__", "constructor", "SendGrid", "sendgrid%2f..", "%00"])(
    "of a provider %s that there is not is nowhere",
    async (name) => {
      expect(await problem(`/v1/hooks/${name}`, { method: "POST", body: "[]" })).toEqual([404, "not_found"]);
    },
  );

  test("by another method is told so", async () => {
    expect(await problem("/v1/hooks/sendgrid", { method: "GET" })).toEqual([405, "method_not_allowed"]);
  });

  test.each(Object.keys(OPENS))(
    "to %s of more than a megabyte is too large, before anything is read",
    async (name) => {
      const body = `[${" ".repeat(1_048_576)}]`;
      expect(await problem(`/v1/hooks/${name}`, { method: "POST", body })).toEqual([413, "body_too_large"]);
    },
  );

  test.each(["", "{", "null", "5", '"text"', "[".repeat(100_000), "\u0000"])(
    "with the body %j is refused by every provider",
    async (given) => {
      const body = given.slice(0, 100_000);
      const answers = await Promise.all([
        callHook("sendgrid", body, await signSendgrid(body)),
        callHook("mailgun", body),
        callHook("resend", body, await signResend(body)),
        callHook("klaviyo", body, await signKlaviyo(body)),
        callHook("ses", body),
        callHook("generic", body, await signGeneric(body)),
      ]);
      for (const { status, type } of answers) {
        expect([status, type]).toEqual([400, "application/problem+json"]);
      }
    },
  );

  test("with sixty thousand keys, and others that reach for a prototype, stays plain data", async () => {
    const { id } = await customer();
    const keys = Array.from({ length: 60_000 }, (_key, at) => `"k${at}":1`).join(",");
    const event = `{"event":"open","sg_event_id":"${crypto.randomUUID()}","timestamp":${recentSeconds()},"customer_id":"${id}","__proto__":{"customer_id":"mallory","polluted":1},"constructor":{"prototype":{"polluted":1}},${keys}}`;
    const body = `[${event}]`;
    const answer = await callHook("sendgrid", body, await signSendgrid(body));
    expect(answer.body).toEqual({ ...NOTHING, accepted: 1 });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(Object.keys((await mails({ kind: "customer", id }))[0]!.properties!)).toEqual(["provider"]);
  });

  test.each(["constructor", "__proto__", "toString"])(
    "of a kind %s is of no kind that is known",
    async (event) => {
      const { id } = await customer();
      const own = { ...SENDGRID_BATCH[3], event, timestamp: recentSeconds(), customer_id: id };
      const { status, body } = await signedHook("sendgrid", signSendgrid, [own]);
      expect([status, body]).toEqual([200, { ...NOTHING, ignored: 1 }]);
    },
  );

  test("with line breaks in what it names writes no header and no log line of its own", async () => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => {});
    const event = {
      ...SENDGRID_BATCH[3],
      sg_event_id: "a\r\nset-cookie: x=1",
      timestamp: recentSeconds(),
      customer_id: "b\r\nx: y",
    };
    const { status, body } = await signedHook("sendgrid", signSendgrid, [event]);
    expect([status, body.accepted]).toEqual([200, 1]);
    expect(logged).not.toHaveBeenCalled();
  });
});
