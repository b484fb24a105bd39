import { expect, test } from "vitest";
import type { Consent } from "../../src/consent/consent.ts";
import { consentGate } from "../../src/consent/gate.ts";

test.each<[string, readonly unknown[], boolean | undefined]>([
  ["nothing said is pending", [undefined, undefined], undefined],
  ["one yes is a yes", [undefined, true, undefined], true],
  ["a no before a yes is a no", [false, true], false],
  ["a no after a yes is a no", [true, false, true], false],
  ["what is neither says nothing", ["granted", 1, null, "false", 0], undefined],
  ["what is neither takes nothing back", ["denied", true, 0], true],
])("%s", (_what, said, expected) => {
  let decided: Consent = {};
  const say = consentGate((consent) => (decided = consent), {});
  for (const [source, analytics] of said.entries()) say(source, { analytics } as Consent);
  expect(decided.analytics).toBe(expected);
  expect(decided.marketing).toBeUndefined();
});

test("a source may take back what it has said", () => {
  const decided: Consent[] = [];
  const say = consentGate((consent) => decided.push(consent), {});
  say("a", { analytics: false, marketing: true });
  say("b", { analytics: true });
  say("a", {});
  expect(decided.map(({ analytics, marketing }) => [analytics, marketing])).toEqual([
    [false, true],
    [false, true],
    [true, undefined],
  ]);
});

test("what a source's word has become counts with the next word of any", () => {
  const decided: Consent[] = [];
  const own: Consent = {};
  const say = consentGate((consent) => decided.push(consent), own);
  say("a", { marketing: true });
  own.marketing = false;
  say("a", { marketing: true });
  expect(decided.map(({ marketing }) => marketing)).toEqual([true, false]);
});
