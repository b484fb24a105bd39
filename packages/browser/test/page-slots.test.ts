import { refine, type Definition, type Refine } from "@murmur/core";
import { expect, onTestFinished, test, vi } from "vitest";
import { EVERYTHING } from "../src/consent/consent.ts";
import { start, type Murmur } from "../src/murmur.ts";
import type { LoadRefine } from "../src/slots/page-slots.ts";
import { consoleWarnings, knownDevice, NOWHERE } from "./kit.ts";

const plain = { variants: [], fallback: { content: { title: "Plain" } } };
const greeting = { variants: [], fallback: { content: { title: "Hello {{ traits.name | there }}" } } };

const shown = (): unknown[] => [...document.querySelectorAll("p")].map(({ textContent }) => textContent);

/** A page with these slots, of a device that knows them. */
async function page(slots: Definition["slots"] & {}, load: LoadRefine): Promise<Murmur> {
  document.body.innerHTML = Object.keys(slots)
    .map(
      (name) =>
        `<p data-murmur-slot="${name}" data-murmur-timeout="Infinity" data-murmur-text="title">Own</p>`,
    )
    .join("");
  onTestFinished(() => void (document.body.innerHTML = ""));
  const database = crypto.randomUUID();
  await knownDevice(database, { segments: { known: { when: { count: "Seen", gte: 1 } } }, slots });
  const murmur = start({ edge: NOWHERE, database, consent: EVERYTHING, signals: [], load });
  await murmur.track("Seen");
  return murmur;
}

// Slots of other names in every test: the tags of all of them are on one page.
test("a slot with values in its texts waits for what decides it, as the edge has left it; the others do not", async () => {
  let give = (_refine: Refine): void => {};
  const load = vi.fn(() => new Promise<Refine>((resolve) => (give = resolve)));
  const murmur = await page({ plain, greeting }, load);
  document.querySelector("[data-murmur-slot=greeting]")!.setAttribute("data-murmur-edge", "");
  document.querySelector("[data-murmur-slot=greeting]")!.textContent = "Hello Ada";
  const told: unknown[] = [];
  murmur.on("slot", ({ slot, decision }) => told.push([slot, decision?.content]));
  await murmur.identify({ name: "Ada" });
  expect(shown()).toEqual(["Plain", "Hello Ada"]);
  // Whoever asks gets all of it.
  const answer = murmur.slots();
  give(refine);
  expect(await answer).toMatchObject({ plain: {}, greeting: { content: { title: "Hello Ada" } } });
  expect(told).toEqual([["greeting", { title: "Hello Ada" }]]);
  await murmur.identify({ name: "Bob" });
  expect(shown()).toEqual(["Plain", "Hello Bob"]);
  expect(load).toHaveBeenCalledTimes(1);
});

test("where it cannot be loaded, these slots alone keep the page's own content, and the developer is told", async () => {
  const warnings = consoleWarnings();
  const murmur = await page({ plain2: plain, greeting2: greeting }, () =>
    Promise.reject(new Error("offline")),
  );
  expect(Object.keys((await murmur.slots()) ?? {})).toEqual(["plain2"]);
  expect(shown()).toEqual(["Plain", "Own"]);
  await expect.poll(() => warnings.join()).toContain("[no_decisions]");
});

test("a definition without experiments and values in texts asks for nothing", async () => {
  const load = vi.fn(async () => refine);
  const murmur = await page({ plain3: plain }, load);
  expect(await murmur.slots()).toMatchObject({ plain3: {} });
  expect(shown()).toEqual(["Plain"]);
  expect(load).not.toHaveBeenCalled();
});
