import type { Definition } from "@murmur/core";
import { expect, onTestFinished, test } from "vitest";
import { FakeSource } from "./fake-source.ts";
import { openPanel } from "./kit.ts";

const HOUR = 36e5;
const DAY = 864e5;

const DEFINITION: Definition = {
  private: ["Secret"],
  segments: {
    "running-shoe-intent": {
      when: { count: { event: "Product Viewed", where: { category: "running-shoes" } }, within: "7d", gt: 3 },
    },
    "cart-abandoner": {
      when: {
        all: [
          { sinceLast: "Product Added", gte: "2h" },
          { sinceLast: "Product Added", lt: "7d" },
          { count: "Order Completed", after: "Product Added", eq: 0 },
        ],
      },
    },
    "on-desktop": { when: { context: { device: "desktop" } }, evaluate: "device" },
  },
  slots: {
    hero: {
      variants: [
        { id: "cart", when: { segment: "cart-abandoner" }, content: { title: "Your cart" } },
        { id: "running", when: { segment: "running-shoe-intent" }, content: { title: "Run", text: "Far" } },
        { id: "desk", when: { context: { device: "desktop" } }, content: {} },
      ],
    },
    banner: { variants: [], fallback: { content: { text: "Free delivery" } } },
    empty: { variants: [] },
  },
};

function shopper(): FakeSource {
  const source = new FakeSource(DEFINITION);
  for (const days of [6.5, 3, 2, 1])
    source.track("Product Viewed", { category: "running-shoes", price: 139 }, days * DAY);
  return source;
}

test("segments: who is in, why, and until when, counting down", async () => {
  const source = shopper();
  const panel = await openPanel(source);
  expect(panel.text("#tab-segments")).toBe("Segments 2");
  expect(panel.text(".status")).toMatch(/^In 2 of 3 segments · next change in 1[12] h/);
  const [inside, outside] = panel.all(".group");
  expect([...inside!.querySelectorAll(".segment")].map((row) => row.getAttribute("data-segment"))).toEqual([
    "on-desktop",
    "running-shoe-intent",
  ]);
  expect(outside!.textContent).toMatch("Cart abandoner");
  const row = panel.find<HTMLDetailsElement>("[data-segment=running-shoe-intent]");
  expect(row.innerText).toMatch(/leaves in 1[12] h/);
  expect(row.innerText).toMatch(
    "More than 3 × Product Viewed where category = running-shoes in the last 7 days",
  );
  row.querySelector("summary")!.click();
  await expect.poll(() => panel.all("[data-segment=running-shoe-intent] .tree li.true")).toHaveLength(1);
  const why = panel.text("[data-segment=running-shoe-intent] .tree");
  expect(why).toMatch("Product Viewed where category = running-shoes in the last 7 days");
  expect(why).toMatch(/4 or more wanted more than 3/);
  expect(panel.text("[data-segment=on-desktop]")).toMatch("this device only");
});

test("segments: what moves to the other group stays unfolded, and its tree says what has changed", async () => {
  const source = shopper();
  source.track("Product Added", {}, 2 * HOUR - 1_500);
  const panel = await openPanel(source);
  const row = () => panel.find<HTMLDetailsElement>("[data-segment=cart-abandoner]");
  expect(row().innerText).toMatch(/enters in [12] s/);
  row().querySelector("summary")!.click();
  await expect.poll(() => panel.all("[data-segment=cart-abandoner] .tree .tree > li")).toHaveLength(3);
  expect(
    panel.all("[data-segment=cart-abandoner] .tree .tree > li").map(({ className }) => className),
  ).toEqual(["false", "true", "true"]);
  expect(panel.text("[data-segment=cart-abandoner] .tree .tree")).toMatch(
    /1 h 59 min wanted at least 2 hours/,
  );
  // By time alone: the source says nothing.
  await expect.poll(() => row().classList.contains("true"), { timeout: 5_000 }).toBe(true);
  expect(row().open).toBe(true);
  expect(panel.text("[data-segment=cart-abandoner] .tree .tree")).toMatch(
    /2 h 00 min wanted at least 2 hours/,
  );
  expect(panel.text("[data-segment=cart-abandoner]")).toMatch(/leaves in 6 d 2[12] h/);
  source.track("Order Completed");
  await expect.poll(() => row().classList.contains("false")).toBe(true);
  expect(panel.text("[data-segment=cart-abandoner]")).toMatch("Time alone will not change this");
});

test("segments: what moves to the other group keeps the focus, and the next look does not take it away", async () => {
  const source = shopper();
  const panel = await openPanel(source);
  const summary = () => panel.find("[data-segment=cart-abandoner] summary");
  summary().focus();
  source.track("Product Added", {}, 3 * HOUR);
  await expect.poll(() => panel.find("[data-segment=cart-abandoner]").classList.contains("true")).toBe(true);
  expect(panel.root.activeElement).toBe(summary());
  source.track("Page Viewed");
  await expect.poll(() => source.looks).toBeGreaterThan(2);
  expect(panel.root.activeElement).toBe(summary());
});

test("segments: names and descriptions are shown where the definition has them, and a filter where there are many", async () => {
  const ids = Array.from({ length: 12 }, (_each, n) => `s${n}`);
  const segments = Object.fromEntries(ids.map((id) => [id, { when: { count: id, gte: 1 } }]));
  const named = { ...segments["s6"]!, name: "The sixth", description: "Those who know" };
  const panel = await openPanel(new FakeSource({ segments: { ...segments, s6: named } }));
  expect(panel.text("[data-segment=s6]")).toBe("Not in: The sixth Those who know");
  const filter = panel.find<HTMLInputElement>("#view-segments .filter");
  const shown = (wanted: string) => {
    filter.value = wanted;
    filter.dispatchEvent(new Event("input"));
    return panel.all(".segment").map((row) => row.dataset["segment"]);
  };
  expect(shown("KNOW")).toEqual(["s6"]);
  expect(shown("s1")).toEqual(["s1", "s10", "s11"]);
  expect(shown("nobody")).toEqual([]);
  expect(panel.text("#view-segments")).toBe("No match No segment has these words in it.");
  expect(shown("")).toHaveLength(12);
});

test("segments: of a thousand, those out of sight are not laid out until they are scrolled to", async () => {
  const ids = Array.from({ length: 1_000 }, (_each, at) => `segment-${at}`);
  const panel = await openPanel(
    new FakeSource({ segments: Object.fromEntries(ids.map((id) => [id, { count: "X", gte: 1 }])) }),
  );
  const texts = panel.all(".segment .row-text");
  expect(texts).toHaveLength(1_000);
  const isLaidOut = (text: HTMLElement): boolean => text.checkVisibility({ contentVisibilityAuto: true });
  await expect.poll(() => texts.filter(isLaidOut).length).toBeLessThan(100);
  expect(isLaidOut(texts[0]!)).toBe(true);
  texts.at(-1)!.scrollIntoView();
  await expect.poll(() => isLaidOut(texts.at(-1)!)).toBe(true);
});

test("segments: a definition and a profile that are not there yet are said to be so", async () => {
  const source = new FakeSource();
  const panel = await openPanel(source);
  expect(panel.text("#view-segments")).toMatch("No definition yet");
  expect(panel.text(".status")).toBe("Waiting for the definition");
  source.adopt(DEFINITION);
  await expect.poll(() => panel.text("#view-segments")).toMatch("Cart abandoner");
  source.adopt({ segments: { only: { when: { count: "X", gte: 1 } } } });
  await expect.poll(() => panel.all(".segment")).toHaveLength(1);
});

test("events: newest first, how far each has come, all of it when unfolded", async () => {
  const source = new FakeSource(DEFINITION);
  source.track("Email Opened", {}, DAY, { remote: "log" });
  source.track("Bad", {}, 5_000, { refused: true });
  source.track("Secret", {}, 4_000);
  source.identify({ name: "Ada" }, 3_000);
  source.delivered = 4;
  source.track("Product Viewed", { category: "shoes", price: 139 });
  const panel = await openPanel(source);
  panel.tab("events");
  const rows = panel.all("#view-events .event");
  expect(rows.map((row) => [row.querySelector(".row-name")!.textContent, row.dataset["state"]])).toEqual([
    ["Product Viewed", "queued"],
    ["Identify", "delivered"],
    ["Secret", "private"],
    ["Bad", "refused"],
    ["Email Opened", "remote"],
  ]);
  expect(rows[0]!.innerText).toMatch("category: shoes · price: 139");
  rows[0]!.querySelector("summary")!.click();
  await expect.poll(() => panel.all(".json")).toHaveLength(1);
  expect(JSON.parse(panel.find(".json").textContent!)).toEqual(source.rows[4]!.entry);
  expect(rows[0]!.innerText).toMatch("Queued");
  source.delivered = 5;
  source.track("Page Viewed");
  await expect.poll(() => panel.all("#view-events .event")).toHaveLength(6);
  expect((rows[0] as HTMLDetailsElement).open).toBe(true);
  expect(rows[0]!.innerText).toMatch("At the edge");
});

test("events: a filter by name, property and state; what it hides is still there after it", async () => {
  const source = shopper();
  source.track("Page Viewed", { path: "/Cart" });
  const panel = await openPanel(source);
  panel.tab("events");
  const filter = panel.find<HTMLInputElement>("#view-events .filter");
  const shown = (wanted: string) => {
    filter.value = wanted;
    filter.dispatchEvent(new Event("input"));
    return panel.all("#view-events .event").filter(({ hidden }) => !hidden).length;
  };
  expect(["cart", "PRODUCT viewed", "running-shoes", "queued", "nothing of this"].map(shown)).toEqual([
    1, 4, 4, 5, 0,
  ]);
  expect(panel.text("#view-events")).toMatch("No match");
  expect(shown("")).toBe(5);
  shown("cart");
  source.track("Product Viewed");
  source.track("Cart Viewed");
  await expect.poll(() => panel.all("#view-events .event").filter(({ hidden }) => !hidden)).toHaveLength(2);
});

test("events: what comes keeps what is scrolled to, selected and focused where it is", async () => {
  const source = new FakeSource(DEFINITION);
  for (let n = 0; n < 60; n++) source.track(`Event ${n}`);
  const panel = await openPanel(source);
  panel.tab("events");
  const view = panel.find("#view-events");
  view.scrollTop = 900;
  const row = panel.all("#view-events .event")[25]!;
  const summary = row.querySelector("summary")!;
  summary.focus({ preventScroll: true });
  await new Promise(requestAnimationFrame);
  const top = row.getBoundingClientRect().top;
  for (let n = 60; n < 90; n++) source.track(`Event ${n}`);
  await expect.poll(() => panel.all("#view-events .event")).toHaveLength(90);
  await new Promise(requestAnimationFrame);
  expect(Math.abs(row.getBoundingClientRect().top - top)).toBeLessThan(3);
  expect(panel.root.activeElement).toBe(summary);
  // A look has the latest hundred; the row is one of them.
  for (let n = 90; n < 110; n++) source.track(`Event ${n}`);
  await expect.poll(() => panel.all("#view-events .row-name")[0]!.textContent).toBe("Event 109");
  expect(panel.all("#view-events .event")).toHaveLength(100);
  expect(row.isConnected).toBe(true);
});

test("slots: variant, why, content, and where it is", async () => {
  const hero = document.createElement("section");
  hero.setAttribute("data-murmur-slot", "hero");
  hero.textContent = "hero";
  document.body.append(hero);
  onTestFinished(() => hero.remove());
  const source = shopper();
  const panel = await openPanel(source);
  panel.tab("slots");
  expect(panel.text("[data-slot=hero] .card-button")).toBe(
    "hero running In segment running-shoe-intent Show on the page",
  );
  expect(panel.text("[data-slot=hero] .pairs")).toBe("title Run text Far");
  expect(panel.text("[data-slot=banner]")).toMatch(
    "fallback No variant's condition is true Not on this page text Free",
  );
  expect(panel.text("[data-slot=empty]")).toMatch("page’s own");
  expect(panel.all("[data-slot=hero] .variants li").map(({ className }) => className)).toEqual([
    "false",
    "true",
    "later",
  ]);
  const button = panel.find("[data-slot=hero] .card-button");
  const before = document.body.innerHTML;
  button.click();
  expect(button.getAttribute("aria-pressed")).toBe("true");
  const [frame, box] = [panel.find(".frame").getBoundingClientRect(), hero.getBoundingClientRect()];
  expect([frame.width, frame.height]).toEqual([box.width, box.height]);
  expect(document.body.innerHTML).toBe(before);
  button.click();
  expect(panel.all(".frame")).toHaveLength(0);
  source.track("Product Added", {}, 3 * HOUR);
  await expect.poll(() => panel.text("[data-slot=hero] .pill")).toBe("cart");
});

test("queue: how many wait, and the oldest", async () => {
  const source = shopper();
  source.delivered = 4;
  const panel = await openPanel(source);
  panel.tab("queue");
  expect(panel.text("#view-queue .figure")).toBe("All is at the edge");
  expect(panel.text("#tab-queue")).toBe("Queue");
  source.track("Page Viewed", {}, 65_000);
  source.track("Secret");
  source.track("Page Viewed");
  await expect.poll(() => panel.text("#tab-queue")).toBe("Queue 2");
  expect(panel.text("#view-queue .figure")).toBe("2 waiting");
  expect(panel.text("#view-queue .soft")).toMatch(/recorded 1 min 0\d s ago/);
  expect(panel.text("#view-queue .legend")).toMatch("At the edge 4 Queued 2 This device only 1");
  for (let n = 0; n < 120; n++) source.track("Page Viewed");
  await expect.poll(() => panel.text("#view-queue .figure")).toBe("100+ waiting");
});

test("consent: each purpose, the device and the visit", async () => {
  const source = shopper();
  const panel = await openPanel(source);
  panel.tab("consent");
  const states = () => panel.all("[data-purpose] .pill").map(({ innerText }) => innerText);
  expect(states()).toEqual(["Granted", "Granted", "Not decided"]);
  expect(panel.text("#view-consent")).toMatch("customer not signed in");
  expect(panel.text("#view-consent")).toMatch("utm.source newsletter");
  source.consent = { ...source.consent, marketing: "denied" };
  source.subject = "customer-1";
  source.changed();
  await expect.poll(states).toEqual(["Granted", "Granted", "Denied"]);
  expect(panel.text("#view-consent")).toMatch("customer customer-1");
});
