import { env, runInDurableObject } from "cloudflare:test";
import fc from "fast-check";
import { loadExplained, type Definition, type Entry } from "@murmur/core";
import { expect, test } from "vitest";
import type { KeptContribution } from "../src/experiments/contribution.ts";
import { countingFor } from "../src/experiments/experiment.ts";
import { publishContributions } from "../src/experiments/publish-contributions.ts";
import type { OutboxStore } from "../src/outbox/outbox-store.ts";
import { sqliteOutboxStore } from "../src/outbox/sqlite-outbox-store.ts";
import { fold } from "../src/profile/checkpoint.ts";
import type { LogStore } from "../src/profile/log-store.ts";
import { ProfileKeeper } from "../src/profile/profile-keeper.ts";
import { sqliteLogStore } from "../src/profile/sqlite-log-store.ts";
import { contributionsByTheBook, EXPERIMENTS, logs } from "./kit/experiment-log.ts";

const T = 1_790_000_000_000;
const DAY = 864e5;
const definition = {
  segments: {},
  slots: { x: { variants: [] } },
  experiments: EXPERIMENTS,
} as unknown as Definition;
const program = loadExplained(definition);

interface Opened {
  store: LogStore;
  outbox: OutboxStore;
  /** A keeper that knows nothing yet, as after an eviction. */
  wake: () => ProfileKeeper;
}

function withProfile(work: (opened: Opened) => void): Promise<void> {
  const stub = env.PROFILE.get(env.PROFILE.newUniqueId());
  return runInDurableObject(stub, (_object, { storage }) => {
    const [store, outbox] = [sqliteLogStore(storage), sqliteOutboxStore(storage.sql)];
    const wake = (): ProfileKeeper =>
      new ProfileKeeper(program, store, ({ log }) => {
        publishContributions(outbox, log, { counting: countingFor(program), store });
      });
    work({ store, outbox, wake });
  });
}

function told(outbox: OutboxStore): object[] {
  return (outbox.get("contributed")?.contributions ?? [])
    .map(({ goal: _goal, exposure: _exposure, ...rest }: KeptContribution) => ({
      ...rest,
      value: Number(rest.value),
    }))
    .sort((a, b) => (a.experiment > b.experiment ? -1 : 1));
}

test("what is told is what the log says, through evictions, devices that leave, and a rest", () =>
  withProfile(({ store, outbox, wake }) => {
    const steps = fc.record({
      devices: fc.array(fc.constantFrom("phone", "laptop"), { minLength: 30, maxLength: 30 }),
      breaks: fc.array(fc.constantFrom("none", "evicted", "rested"), { minLength: 30, maxLength: 30 }),
    });
    fc.assert(
      fc.property(logs, steps, (log, { devices, breaks }) => {
        store.clear();
        let keeper = wake();
        keeper.catchUpAnew(T + DAY);
        for (const [at, entry] of log.entries()) {
          store.add(entry, devices[at]!);
          if (breaks[at] === "evicted") keeper = wake();
          if (breaks[at] === "rested") keeper.rest(T + DAY);
          if (breaks[at] === "rested") expect(told(outbox)).toEqual([]);
          keeper.catchUp(T + DAY);
        }
        expect(told(outbox)).toEqual(contributionsByTheBook(log));
        store.removeOfDevice("phone");
        keeper.catchUpAnew(T + DAY);
        const left = log.filter((_entry, at) => devices[at] === "laptop");
        expect(told(outbox)).toEqual(contributionsByTheBook(left));
      }),
      { numRuns: 60 },
    );
  }));

test("what was folded away still counts, and the version only grows", () =>
  withProfile(({ store, outbox, wake }) => {
    const event = (name: string, at: number, properties: Record<string, string | number>): Entry => ({
      type: "event",
      id: `${name}-${at}`,
      name,
      timestamp: T + at,
      properties,
    });
    const log = [
      event("Experiment Viewed", 1, { experiment_id: "hero", variation_id: "bold" }),
      event("Order Completed", 2, { total: 20 }),
    ];
    for (const entry of log) store.add(entry, "phone");
    wake().catchUp(T + 10);
    const { version } = outbox.get("contributed")!;
    fold(program, store, T + 10 + 401 * DAY);
    expect(store.size().entries).toBe(0);
    const late = event("Order Completed", 402 * DAY, { total: 5 });
    store.add(late, "phone");
    wake().catchUpAnew(T + 403 * DAY);
    expect(told(outbox)).toMatchObject([{ variant: "bold", conversions: 2, value: 250_000 }]);
    expect(outbox.get("contributed")!.version).toBeGreaterThan(version);
    const again = outbox.get("contributed");
    wake().catchUp(T + 403 * DAY);
    expect(outbox.get("contributed")).toEqual(again);
  }));
