import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSafeUrl, SLOT_TARGETS, slotValue } from "../src/index.ts";

/** What a browser makes of an address on a page of the shop; undefined for what it cannot read. */
function protocolOf(address: string): string | undefined {
  return URL.canParse(address, "https://shop.example/a/b")
    ? new URL(address, "https://shop.example/a/b").protocol
    : undefined;
}

describe("a safe address", () => {
  const PIECES = `javascript|JAVA|script|data|vbscript|blob|https|http|mailto|tel|file|:|::|/|//|\\|?|#|&colon;|%3a|\t|\n|\r| |\0|\x01|\x1f|\x7f|\xa0|\u2028|\ufeff|a|1|+|-|.|é|shop.example|alert(1)`;
  const piece = fc.constantFrom(...PIECES.split("|"));

  test(
    "V2 is one of which a browser makes no scheme but the four, whatever it is made of",
    { timeout: 20_000 },
    () => {
      const texts = fc.oneof(
        fc.string({ unit: "binary" }),
        fc.array(piece).map((pieces) => pieces.join("")),
      );
      fc.assert(
        fc.property(texts, (address) => {
          const protocol = protocolOf(address);
          // What a browser cannot read leads nowhere.
          if (protocol !== undefined)
            expect(isSafeUrl(address)).toBe(/^(https?|mailto|tel):$/.test(protocol));
        }),
        { numRuns: 5_000 },
      );
    },
  );

  test.for([
    ["/cart", true],
    ["", true],
    ["//cdn.example/x.png", true],
    ["HTTPS://shop.example", true],
    ["?next=javascript:alert(1)", true],
    ["javascript:alert(1)", false],
    ["JaVaScRiPt:alert(1)", false],
    [" \u0001java\nscr\tipt:alert(1)", false],
    ["data:text/html,<script>alert(1)</script>", false],
    ["vbscript:x", false],
    ["view-source:https://shop.example", false],
  ] as const)("V2 %j: %j", ([address, safe]) => expect(isSafeUrl(address)).toBe(safe));
});

test("V1 takes text, and leaves the page's own where it is given anything else", () => {
  for (const target of SLOT_TARGETS) {
    expect(slotValue(target, "p", "html", "/x")).toBe("/x");
    for (const value of [undefined, null, 1, true, {}, ["/x"]])
      expect(slotValue(target, "p", "html", value)).toBeUndefined();
  }
  const shown = SLOT_TARGETS.filter((target) => slotValue(target, "a", "html", "javascript:alert(1)"));
  expect(shown).toEqual(["text", "alt", "html"]);
});

test("V4 markup is a field that is named html, or ends so, and no other", () => {
  expect(slotValue("html", "div", "html", "<b>x</b>")).toBe("<b>x</b>");
  expect(slotValue("html", "div", "bodyHtml", "<b>x</b>")).toBe("<b>x</b>");
  expect(slotValue("html", "div", "title", "<b>x</b>")).toBeUndefined();
  expect(slotValue("html", "div", "html", { a: 1 })).toBeUndefined();
});

test.for([
  ["h1", true],
  ["a", true],
  ["img", true],
  ["SCRIPT", false],
  ["style", false],
  ["link", false],
  ["base", false],
  ["template", false],
] as const)("V3 puts something into %s: %j", ([element, takes]) => {
  for (const target of SLOT_TARGETS)
    expect(slotValue(target, element, "html", "/x") !== undefined).toBe(takes);
});
