import type { Condition } from "@murmur/core";
import { expect, test } from "vitest";
import { FakeSource } from "./fake-source.ts";
import { openPanel, type OpenPanel } from "./kit.ts";

const MARKUP = `<img src=x onerror="alert(1)"><script>alert(1)</script>`;
const LONG = "x".repeat(5_000);

function isInside(panel: OpenPanel, selector: string): boolean {
  const frame = panel.find(".panel").getBoundingClientRect();
  return panel.all(selector).every((element) => {
    const box = element.getBoundingClientRect();
    return box.left >= frame.left - 1 && box.right <= frame.right + 1;
  });
}

async function openAll(panel: OpenPanel): Promise<void> {
  for (const view of ["segments", "events", "slots", "queue", "consent"]) {
    panel.tab(view);
    for (const details of panel.all(`#view-${view} details`)) (details as HTMLDetailsElement).open = true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test("markup in names, properties, traits, ids and content is text", async () => {
  const segment = { when: { count: { event: MARKUP, where: { [MARKUP]: MARKUP } }, gte: 1 } };
  const source = new FakeSource({
    segments: { [MARKUP]: segment },
    slots: {
      [MARKUP]: { variants: [{ id: MARKUP, when: { segment: MARKUP }, content: { [MARKUP]: MARKUP } }] },
    },
  });
  source.track(MARKUP, { [MARKUP]: MARKUP, deep: { list: [MARKUP, { [MARKUP]: null }] } });
  source.identify({ [MARKUP]: MARKUP });
  source.context = { [MARKUP]: MARKUP };
  source.subject = MARKUP;
  const panel = await openPanel(source);
  await openAll(panel);
  expect(panel.all("img, script, iframe, style, link, a")).toHaveLength(0);
  expect(panel.root.textContent).toContain(MARKUP);
  panel.tab("slots");
  panel.find(".card-button").click();
  expect(panel.all(".frame")).toHaveLength(0);
});

test("names and values without an end stay within the panel", async () => {
  const source = new FakeSource({
    segments: {
      [LONG.slice(0, 128)]: {
        when: { count: { event: "A", where: { [LONG.slice(0, 400)]: LONG } }, gte: 1 },
      },
    },
    slots: { hero: { variants: [], fallback: { content: { title: LONG } } } },
  });
  source.track(LONG, { [LONG]: LONG });
  source.track("\u{1F45F}".repeat(150), { empty: "", none: null, nested: { a: [1, 2, 3] } });
  source.context = { path: LONG };
  const panel = await openPanel(source);
  await openAll(panel);
  for (const view of ["segments", "events", "slots", "queue", "consent"]) {
    panel.tab(view);
    await new Promise(requestAnimationFrame);
    const shown = panel.find(`#view-${view}`);
    expect(shown.scrollWidth).toBeLessThanOrEqual(shown.clientWidth);
    expect(isInside(panel, `#view-${view} summary, #view-${view} p, #view-${view} dd`)).toBe(true);
  }
});

test("a long name of a slot can be read to its end", async () => {
  const name = `slot-${LONG.slice(0, 100)}`;
  const source = new FakeSource({
    segments: {},
    slots: { [name]: { variants: [], fallback: { content: { title: "A" } } } },
  });
  const panel = await openPanel(source);
  panel.tab("slots");
  const shown = panel.find(".card .row-name");
  expect(shown.textContent).toBe(name);
  expect(shown.scrollWidth).toBeLessThanOrEqual(shown.clientWidth);
});

test("of an entry in a script that is written from right to left, a name stands before its value, as in all JSON", async () => {
  const source = new FakeSource({ segments: {} });
  source.track("مشاهدة المنتج", { فئة: "أحذية" });
  const panel = await openPanel(source);
  await openAll(panel);
  panel.tab("events");
  const find = (kind: string, text: string): DOMRect =>
    panel
      .all(`.json-${kind}`)
      .find(({ textContent }) => textContent === `"${text}"`)!
      .getBoundingClientRect();
  expect(find("key", "فئة").right).toBeLessThanOrEqual(find("string", "أحذية").left);
});

test("a tree as deep as a definition may have is shown to its end, and can be read there", async () => {
  const deep = (depth: number): Condition =>
    depth === 0
      ? { count: "The end", gte: 2 }
      : depth % 2 === 0
        ? { all: [deep(depth - 1), { trait: { a: depth } }] }
        : { any: [{ not: { segment: "other" } }, deep(depth - 1)] };
  const source = new FakeSource({
    segments: { deep: { when: deep(12) }, other: { when: { count: "X", gte: 1 } } },
  });
  source.track("The end");
  const panel = await openPanel(source);
  await openAll(panel);
  panel.tab("segments");
  const end = panel
    .all("[data-segment=deep] .say")
    .find(({ textContent }) => textContent!.startsWith("The end"))!;
  expect(end.innerText).toMatch(/1\s+wanted at least 2/);
  expect(end.getBoundingClientRect().width).toBeGreaterThan(120);
  expect(isInside(panel, ".say")).toBe(true);
});

test("a hundred events of the largest kind are all shown", async () => {
  const source = new FakeSource({ segments: {} });
  const large = { text: "y".repeat(15_000), list: Array.from({ length: 40 }, (_each, n) => ({ n })) };
  for (let n = 0; n < 100; n++) source.track("Large", large);
  const panel = await openPanel(source);
  panel.tab("events");
  await openAll(panel);
  expect(panel.all("#view-events .json")).toHaveLength(100);
});

test("a row that no tag would send does no harm", async () => {
  const source = new FakeSource({ segments: {} });
  source.track("Good");
  const bad = { type: "event", id: "b", name: "Odd", timestamp: Number.NaN } as never;
  source.rows.push({ n: 2, entry: bad, refused: true });
  const panel = await openPanel(source);
  await openAll(panel);
  panel.tab("events");
  expect(panel.all("#view-events .row-name").map(({ textContent }) => textContent)).toEqual(["Odd", "Good"]);
});
