import { expect, test } from "vitest";
import { frameStyles } from "../../src/debug/frame-styles.ts";
import { FakeSource } from "./fake-source.ts";
import { openPanel } from "./kit.ts";

/** What a text needs, smaller ones too: https://www.w3.org/TR/WCAG22/#contrast-minimum */
const ENOUGH = 4.5;

const GROUNDS = ["paper", "raised", "hover", "clay-soft"];
const PAIRS = [
  ...["ink", "soft", "faint"].flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)),
  ...["true", "clay", "red", "blue"].flatMap((text) =>
    ["paper", "raised", `${text}-soft`].map((ground) => [text, ground] as const),
  ),
];

/** The panel's colours by name: `at` is 0 in light, 1 in dark. */
function colours(at: number): Record<string, string> {
  const block = frameStyles.split("--paper:")[at + 1]!;
  const named = [...`--paper:${block}`.matchAll(/--([\w-]+): (#[\da-f]+);/g)];
  return Object.fromEntries(named.map(([, name, colour]) => [name, colour]));
}

function luminance(colour: string): number {
  const digits = colour.length === 4 ? colour.replace(/[^#]/g, "$&$&") : colour;
  const [red, green, blue] = [1, 3, 5].map((from) => {
    const part = Number.parseInt(digits.slice(from, from + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

test.each([
  ["light", 0],
  ["dark", 1],
])("in %s, texts can be read on whatever they lie on, pointed at or pressed", (_scheme, at) => {
  const palette = colours(at);
  const poor = PAIRS.filter(([text, ground]) => contrast(palette[text]!, palette[ground]!) < ENOUGH);
  expect(poor).toEqual([]);
});

test("no text is made fainter than its colour", async () => {
  const when = { segment: "in" };
  const source = new FakeSource({
    segments: { in: { when: { count: "X", gte: 1 } } },
    slots: {
      hero: {
        variants: [
          { id: "first", when, content: { text: "a" } },
          { id: "later", when, content: { text: "b" } },
        ],
      },
    },
  });
  source.track("X");
  const panel = await openPanel(source);
  panel.tab("slots");
  expect(panel.all(".variants .later")).toHaveLength(1);
  const faint = panel.all("*").filter((element) => getComputedStyle(element).opacity !== "1");
  expect(faint.map(({ className }) => className)).toEqual([]);
});
