import { env } from "cloudflare:test";
import { expect, test } from "vitest";
import type { Env } from "../src/env.ts";
import { usedTokens } from "../src/hooks/used-tokens.ts";
import { emailOwner } from "../src/identity/email-owner.ts";
import { objectStub } from "../src/object-stub.ts";
import { profileStub } from "../src/profile/profile-address.ts";

/** workerd by itself has no jurisdictions, and says so to who asks for one: that is how it is known who does. */
const REFUSED = "Jurisdiction restrictions are not implemented in workerd.";

const sources = import.meta.glob<string>("../src/**/*.ts", { query: "?raw", import: "default", eager: true });

test("with JURISDICTION, an object is made there and nowhere else", () => {
  expect(() => objectStub({ JURISDICTION: "eu" }, env.PROFILE, "device:a")).toThrow(REFUSED);
  expect(() => objectStub({}, env.PROFILE, "device:a")).not.toThrow();
});

test("it is asked of the platform by the name that is set, for the object of that name", () => {
  const asked: string[] = [];
  const namespace = {
    jurisdiction: (name: string) => ({
      idFromName: (id: string) => `${name}/${id}`,
      get: (id: string) => asked.push(id),
    }),
  };
  objectStub({ JURISDICTION: "eu" }, namespace as unknown as DurableObjectNamespace, "device:a");
  expect(asked).toEqual(["eu/device:a"]);
});

test("no other place makes a stub", () => {
  const makers = Object.entries(sources)
    .filter(([, text]) => /\b(idFromName|idFromString|newUniqueId|getByName)\b/.test(text))
    .map(([file]) => file);
  expect(Object.keys(sources).length).toBeGreaterThan(50);
  expect(makers).toEqual(["../src/object-stub.ts"]);
});

test.each<[string, (pinned: Env) => unknown]>([
  ["a profile", (pinned) => profileStub(pinned, { kind: "device", id: "a" })],
  ["an e-mail address", (pinned) => emailOwner(pinned, "a")],
  ["a webhook's token", (pinned) => usedTokens(pinned).useUp("a")],
])("%s is made there", async (_what, make) => {
  await expect((async () => make({ ...env, JURISDICTION: "eu" }))()).rejects.toThrow(REFUSED);
});
