import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChromium, type ChromiumProcess } from "../kit/chromium-process.ts";
import { edgeLog, idsOf } from "../kit/edge-log.ts";
import { useGatedEdge } from "../kit/gated-edge.ts";
import { passOn, type Answer } from "../kit/gateway.ts";
import { keptIds } from "../kit/kept-rows.ts";
import { watchFaults } from "../kit/page-faults.ts";
import { takeNotes } from "../kit/page-notes.ts";
import { deviceId, syncNow, tagReady } from "../kit/tag.ts";

const gated = useGatedEdge();
let profile: string;
let chromium: ChromiumProcess | undefined;
beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), "murmur-profile-"));
});
afterAll(async () => {
  await chromium?.kill();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

/** Nobody answers. */
const silence: Answer = () => {};

/** Kills the browser the moment that a call with events is there: before the edge has it, or with its answer on the way. */
const killFirst: Answer = (response, pass) =>
  gated.gateway.calls.at(-1)!.ids.length > 0 ? chromium!.kill() : passOn(response, pass);
const killAfterwards: Answer = async (response, pass) => {
  if (gated.gateway.calls.at(-1)!.ids.length === 0) return passOn(response, pass);
  await pass();
  return chromium!.kill();
};

function view(page: Page, id: string): Promise<void> {
  return page.evaluate((own) => window.murmur.track("Product Viewed", {}, { id: own }), id);
}

/** Tracks an event by which the browser dies: maybe before the page can say that it has resolved. */
async function viewAndDie(page: Page, id: string, resolved: string[]): Promise<void> {
  const gone = new Promise((resolve) => page.context().browser()!.once("disconnected", resolve));
  await view(page, id).then(
    () => resolved.push(id),
    () => {},
  );
  await gone;
}

/** Tracks on and on, until the browser dies; notes the ids for which `track()` resolved before that. */
async function viewOn(page: Page, round: number): Promise<void> {
  const tracking = page.evaluate(async (prefix) => {
    for (let at = 0; ; at++) {
      await window.murmur.track("Product Viewed", {}, { id: `${prefix}-${at}` });
      window.note(`${prefix}-${at}`);
    }
  }, round);
  await tracking.catch(() => {});
}

type Moment = (page: Page, round: number, resolved: string[]) => Promise<void>;

/** What happens up to the browser's end; ids of what was acknowledged to the page go to `resolved`. */
const MOMENTS: Record<string, Moment> = {
  async "as soon as track() has resolved"(page, round, resolved) {
    gated.gateway.answer = silence;
    await view(page, `${round}`);
    resolved.push(`${round}`);
    await chromium!.kill();
  },
  async "with the call on its way"(page, round, resolved) {
    gated.gateway.answer = killFirst;
    await viewAndDie(page, `${round}`, resolved);
  },
  async "with the answer on its way"(page, round, resolved) {
    gated.gateway.answer = killAfterwards;
    await viewAndDie(page, `${round}`, resolved);
  },
  async "in the midst of recording and delivering"(page, round, resolved) {
    const notes = await takeNotes(page.context());
    await page.reload();
    await tagReady(page);
    // Somewhere in the event after so many, however long they take.
    const killed = expect
      .poll(() => notes.length, { timeout: 60_000, interval: 7 })
      .toBeGreaterThan(30 + 5 * round)
      .then(() => chromium!.kill());
    await viewOn(page, round);
    await killed;
    resolved.push(...notes);
  },
};

test("a browser killed at any moment: what track() had resolved for is on its disk, and at the edge once", async () => {
  const resolved: string[] = [];
  const moments = Object.entries(MOMENTS);
  let device: string | undefined;
  // One round more than there are deaths: each sees after what the one before has left.
  for (let round = 0; round <= 3 * moments.length; round++) {
    gated.gateway.answer = silence;
    chromium = await startChromium(profile);
    const faults = await watchFaults(chromium.context);
    const page = await chromium.context.newPage();
    await page.goto(`${gated.site.url}/plain`);
    const kept = await keptIds(page);
    expect(resolved.filter((id) => !kept.includes(id))).toEqual([]);
    await page.goto(`${gated.site.url}/?capture=false`);
    device ??= await deviceId(page);
    expect(await deviceId(page)).toBe(device);
    gated.gateway.answer = passOn;
    await page.reload();
    await tagReady(page);
    await syncNow(page);
    const arrived = idsOf(await edgeLog(gated.edge.url, device), "Product Viewed");
    expect(arrived).toHaveLength(new Set(arrived).size);
    expect(resolved.filter((id) => !arrived.includes(id))).toEqual([]);
    expect(faults).toEqual([]);
    const moment = moments[round % moments.length]![1];
    if (round < 3 * moments.length) await moment(page, round, resolved);
    // A page hears of the end before it has come.
    await chromium.kill();
  }
  // Those that were recorded on and on among them.
  expect(resolved.length).toBeGreaterThan(100);
}, 240_000);
