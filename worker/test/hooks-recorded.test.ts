import { describe, expect, test } from "vitest";
import { emailEntry, type EmailEvent } from "../src/hooks/email-event.ts";
import { emailProviders } from "../src/hooks/email-providers.ts";
import { MAILGUN_OPENED, POSTMARK_OPEN, SENDGRID_BATCH } from "./kit/hook-payloads.ts";

describe("what is recorded", () => {
  const event: EmailEvent = {
    kind: "opened",
    key: "1",
    timestamp: 5,
    to: "ada@shop.example",
    properties: {},
  };

  test("has an id of its own, the same however often it is told, and told apart from another provider's", async () => {
    const [first, again, other] = await Promise.all([
      emailEntry("resend", event),
      emailEntry("resend", { ...event, timestamp: 6 }),
      emailEntry("ses", event),
    ]);
    expect(again.id).toBe(first.id);
    expect(other.id).not.toBe(first.id);
    expect(first.id).toMatch(/^resend:[0-9a-f]{64}$/);
  });

  test("names nobody", async () => {
    expect(await emailEntry("resend", event)).toEqual({
      id: expect.any(String),
      type: "event",
      name: "Email Opened",
      timestamp: 5,
      properties: { provider: "resend" },
    });
  });

  test("is called otherwise when a machine did it, so that whoever counts opens counts people's", async () => {
    const machine = await emailEntry("resend", { ...event, machine: true });
    expect([machine.name, machine.properties]).toEqual([
      "Email Machine Opened",
      { provider: "resend", machine: true },
    ]);
    const clicked = await emailEntry("mailgun", { ...event, kind: "clicked", machine: true });
    expect(clicked.name).toBe("Email Machine Link Clicked");
  });
});

/** Members that each provider's event cannot do without, and strange values for all the others. */
const MINIMAL: readonly (readonly [string, Record<string, unknown>])[] = [
  ["sendgrid", SENDGRID_BATCH[3]!],
  ["mailgun", MAILGUN_OPENED],
  ["postmark", POSTMARK_OPEN],
];

describe.each(MINIMAL)("a hostile event of %s's", (provider, good) => {
  test.each([null, [], {}, 5, "text", { event: {} }])(
    "that is %j is refused, and throws nothing else",
    (event) => {
      expect(() => emailProviders.get(provider)!.read(event)).toThrow(
        expect.objectContaining({ name: "ZodError" }),
      );
    },
  );

  test("of strange types loses what is strange, or is refused as a whole", () => {
    for (const name of Object.keys(good)) {
      for (const value of [
        null,
        5,
        [[]],
        { a: 1 },
        "x".repeat(100_000),
        JSON.parse('{"__proto__":{"x":1}}'),
      ]) {
        try {
          const event = emailProviders.get(provider)!.read({ ...good, [name]: value });
          expect(JSON.stringify(event ?? null).length).toBeLessThan(20_000);
        } catch (error) {
          expect((error as Error).name).toBe("ZodError");
        }
      }
    }
  });
});
