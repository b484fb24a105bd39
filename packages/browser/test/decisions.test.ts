import { bucketOf, type Definition } from "@murmur/core";
import { expect, onTestFinished, test, vi } from "vitest";
import { localNow } from "../src/device/page-clock.ts";
import { entriesIn, knownDevice, start } from "./kit.ts";

const DEVICE = "d".repeat(32);
const EXPERIMENT: Definition = {
  segments: { known: { when: { count: "Seen", gte: 1 } } },
  slots: { hero: { variants: [], fallback: { content: { title: "Plain" } } } },
  experiments: {
    copy: {
      slot: "hero",
      variants: [{ id: "low" }, { id: "high" }],
      goal: { event: "Order Completed" },
    },
  },
};

// First: two tags on one page would each fill its slot.
test("what is shown is recorded like any event, and the slots say so", async () => {
  document.body.innerHTML = `<p data-murmur-slot="hero" data-murmur-timeout="Infinity" data-murmur-text="title">Own</p>`;
  onTestFinished(() => void (document.body.innerHTML = ""));
  const database = crypto.randomUUID();
  const log = await knownDevice(database, EXPERIMENT);
  const enriched: string[] = [];
  const murmur = start({
    database,
    plugins: [{ name: "test", enrich: (event) => (enriched.push(event.name), event) }],
  });
  // Nothing is decided for somebody of whom nothing is known.
  await murmur.track("Seen");
  await expect.poll(async () => (await entriesIn(log)).length).toBe(2);
  await murmur.track("Seen");
  const [, first] = await entriesIn(log);
  expect(first).toMatchObject({
    type: "event",
    name: "Experiment Viewed",
    properties: { experiment_id: "copy" },
  });
  expect(enriched).toEqual(["Seen", "Experiment Viewed", "Seen"]);
  expect((await murmur.slots())?.["hero"]).toMatchObject({
    experiment: { viewed: true },
    content: { title: "Plain" },
  });
});

test("nobody's slots are decided before there is a profile; after a no, it is known that nobody's are", async () => {
  const murmur = start({ consent: "opt-in" });
  expect(await murmur.slots()).toBe(undefined);
  murmur.consent({ personalization: false });
  expect(await murmur.slots()).toBe(null);
});

test("nor before the edge has answered a device that is new here: it may know it better", async () => {
  const database = crypto.randomUUID();
  const log = await knownDevice(database, EXPERIMENT);
  await log(async (transaction) => {
    const { log: _known, ...meta } = (await transaction.get<{ log: string }>("meta"))!;
    transaction.put("meta", meta);
  });
  const murmur = start({ database });
  await murmur.track("Seen");
  expect(await murmur.segments()).toEqual(["known"]);
  expect(await murmur.slots()).toBe(undefined);
});

test("an experiment assigns by the device's own id, until the edge has said by what, and by the shares that it has said", async () => {
  const database = crypto.randomUUID();
  const log = await knownDevice(database, EXPERIMENT);
  const variant = async (): Promise<string | undefined> => {
    const murmur = start({ database });
    await murmur.track("Seen");
    return (await murmur.slots())?.["hero"]?.experiment?.variant;
  };
  const own = bucketOf("copy", DEVICE) < 0.5 ? "low" : "high";
  expect(await variant()).toBe(own);
  const say = (said: object): Promise<void> =>
    log(async (transaction) =>
      transaction.put("meta", { ...(await transaction.get<object>("meta")), ...said }),
    );
  const other = own === "low" ? "high" : "low";
  const unit = Array.from({ length: 50 }, (_none, at) => `unit-${at}`).find(
    (each) => bucketOf("copy", each) < 0.5 === (other === "low"),
  )!;
  await say({ unit });
  expect(await variant()).toBe(other);
  await say({ allocations: { copy: own === "low" ? [1, 0] : [0, 1] } });
  expect(await variant()).toBe(own);
});

/** Holds the page's time: it goes on when the test says so, and whatever the machine does takes none of it. */
function holdTime(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  const ahead = Date.now() - performance.now();
  const page = vi.spyOn(performance, "now").mockImplementation(() => Date.now() - ahead);
  // What the page has known of its clock until now is off by a part of a ms.
  localNow(true);
  onTestFinished(() => {
    page.mockRestore();
    vi.useRealTimers();
    localNow(true);
  });
}

test("a page wakes when a schedule opens, though no membership changes", async () => {
  holdTime();
  const database = crypto.randomUUID();
  const opens = Date.now() + 1_500;
  await knownDevice(database, {
    segments: {},
    slots: {
      hero: {
        variants: [
          {
            id: "open",
            when: { all: [] },
            content: { title: "Open" },
            schedule: { from: opens, to: opens + 500 },
          },
        ],
      },
    },
  });
  const murmur = start({ database });
  const told: [string | null | undefined, boolean][] = [];
  murmur.on("slot", ({ decision }) => told.push([decision?.variant, murmur.now() >= opens]));
  await murmur.track("Seen");
  await vi.advanceTimersByTimeAsync(1_499);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(told).toEqual([["open", true]]);
  await vi.advanceTimersByTimeAsync(500);
  expect(told).toEqual([
    ["open", true],
    [undefined, true],
  ]);
});
