import { OpenFeature, ProviderEvents, ProviderStatus } from "@openfeature/web-sdk";
import { manifestOf } from "@murmur/core";
import type { Murmur } from "@murmur/browser";
import { expect, onTestFinished, test, vi } from "vitest";
import { NOWHERE } from "../../browser/test/kit.ts";
import { MurmurWebProvider } from "../src/index.ts";
import { changesOf, client, definition, device } from "./kit.ts";

/** The tag, which says nothing of segments before `come` is called. */
function lateAnswers(murmur: Murmur): { late: Murmur; come: () => void } {
  let come!: () => void;
  const waiting = new Promise<void>((resolve) => (come = resolve));
  const segments = async (): Promise<string[]> => {
    await waiting;
    return murmur.segments();
  };
  return { late: { ...murmur, segments }, come };
}

test("what a page was rendered by is there at once, also where its script tag is blocked; when it comes, a change is raised", async () => {
  const page = window as unknown as { murmur?: [string, (murmur: Murmur) => void][] };
  const bootstrap = { segments: ["fan"], slots: {} };
  const flags = await client({ definition, bootstrap });
  expect(flags.providerStatus).toBe(ProviderStatus.READY);
  expect(flags.getBooleanDetails("fan", false)).toMatchObject({ value: true, variant: "in" });
  const changes = changesOf(flags);
  const murmur = await device();
  await murmur.track("Order Completed");
  page.murmur![0]![1](murmur);
  await expect.poll(() => changes.flat().sort()).toEqual(["buyer", "fan", "offer"]);
  expect(flags.getBooleanValue("fan", true)).toBe(false);
});

test("a page that waits for its flags goes on where the tag never answers, as one that is blocked, and hears of it when it does", async () => {
  const murmur = await device();
  await murmur.track("Order Completed");
  const { late, come } = lateAnswers(murmur);
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const waits = client({ murmur: late, definition });
  await vi.advanceTimersByTimeAsync(10_000);
  const flags = await waits;
  vi.useRealTimers();
  expect(flags.getBooleanDetails("buyer", true)).toMatchObject({ value: true, reason: "DEFAULT" });
  const changes = changesOf(flags);
  come();
  await expect.poll(() => changes.flat()).toContain("buyer");
  expect(flags.getBooleanDetails("buyer", false)).toMatchObject({ value: true, variant: "in" });
});

test("it is ready once slots are known, too, though what decides them comes later than segments", async () => {
  const murmur = await device();
  for (let views = 0; views < 4; views++) await murmur.track("Product Viewed");
  const slow = {
    ...murmur,
    slots: async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return murmur.slots();
    },
  };
  const flags = await client({ murmur: slow, definition });
  expect(flags.getBooleanDetails("fan", false)).toMatchObject({ value: true, variant: "in" });
  expect(flags.getObjectDetails("hero", {})).toMatchObject({ variant: "fans" });
});

test("a provider that is closed before the tag is there follows nothing when it comes, unless it is begun again", async () => {
  const murmur = await device();
  const { late, come } = lateAnswers(murmur);
  const provider = new MurmurWebProvider({ murmur: late, definition });
  const changes: unknown[] = [];
  provider.events.addHandler(ProviderEvents.ConfigurationChanged, (details) => void changes.push(details));
  const beginning = provider.initialize();
  await provider.onClose();
  come();
  await beginning;
  await murmur.track("Order Completed");
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(changes).toEqual([]);
  await provider.initialize();
  for (let views = 0; views < 4; views++) await murmur.track("Product Viewed");
  await expect.poll(() => changes.length, { timeout: 20_000 }).toBeGreaterThan(0);
  await provider.onClose();
});

test("the names come from the edge, where the page does not bring them", async () => {
  // As the worker answers: test/e2e/readme.test.ts asks the real one.
  const answers: Record<string, unknown> = {
    "https://edge.example/v1/manifest": { ...manifestOf(definition), hash: "known" },
    "https://edge.example/v1/manifest/known/definition": definition,
  };
  const edge = vi
    .spyOn(window, "fetch")
    .mockImplementation(async (input) =>
      String(input) in answers ? Response.json(answers[String(input)]) : Response.error(),
    );
  onTestFinished(() => edge.mockRestore());
  const flags = await client({ murmur: await device(), definition: "https://edge.example/" });
  expect(flags.getBooleanDetails("nobody", true).errorCode).toBe("FLAG_NOT_FOUND");
  expect(flags.getStringDetails("fan", "").errorCode).toBe("TYPE_MISMATCH");
});

test("an edge that hangs is waited for no longer than it may take: then the provider is in error, and the page goes on", async () => {
  const waits: number[] = [];
  const clock = vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    waits.push(ms);
    return AbortSignal.abort(new DOMException("too late", "TimeoutError"));
  });
  const edge = vi.spyOn(window, "fetch").mockImplementation(
    (_input, init) =>
      new Promise((_resolve, reject) => {
        if (init?.signal?.aborted) reject(init.signal.reason);
      }),
  );
  onTestFinished(() => [clock, edge].forEach((spy) => spy.mockRestore()));
  const provider = new MurmurWebProvider({ definition: "https://edge.example" });
  await expect(OpenFeature.setProviderAndWait(crypto.randomUUID(), provider)).rejects.toThrow("too late");
  expect(waits).toEqual([10_000]);
});

test("without an edge and a definition, the provider is in error, and flags are their defaults", async () => {
  const domain = crypto.randomUUID();
  const provider = new MurmurWebProvider({ murmur: await device(), definition: NOWHERE });
  await expect(OpenFeature.setProviderAndWait(domain, provider)).rejects.toThrow();
  const flags = OpenFeature.getClient(domain);
  expect(flags.providerStatus).toBe(ProviderStatus.ERROR);
  expect(flags.getBooleanDetails("fan", true)).toMatchObject({
    value: true,
    errorCode: "PROVIDER_NOT_READY",
  });
});

test("another evaluation context changes nothing: flags stay as they are, and the provider ready; hooks are called", async () => {
  const murmur = await device();
  await murmur.track("Order Completed");
  const domain = crypto.randomUUID();
  await OpenFeature.setProviderAndWait(domain, new MurmurWebProvider({ murmur, definition }));
  onTestFinished(() => OpenFeature.clearProviders());
  const flags = OpenFeature.getClient(domain);
  const seen: unknown[] = [];
  flags.addHooks({
    after: (_context, { flagKey, variant }) => void seen.push([flagKey, variant]),
    error: (_context, error) => void seen.push((error as { code?: string }).code),
  });
  await OpenFeature.setContext(domain, { targetingKey: "somebody else" });
  expect(flags.providerStatus).toBe(ProviderStatus.READY);
  expect(flags.getBooleanValue("buyer", false)).toBe(true);
  expect(flags.getNumberValue("buyer", 7)).toBe(7);
  expect(seen).toEqual([["buyer", "in"], "TYPE_MISMATCH"]);
});

test("what is tracked is an event, and a provider that is replaced raises nothing more", async () => {
  const murmur = await device();
  const flags = await client({ murmur, definition });
  const changes = changesOf(flags);
  flags.track("Order Completed", { value: 99.77, currency: "EUR" });
  await expect.poll(() => flags.getBooleanValue("buyer", false)).toBe(true);
  const count = changes.length;
  expect(count).toBeGreaterThan(0);
  await OpenFeature.clearProviders();
  for (let views = 0; views < 4; views++) await murmur.track("Product Viewed");
  await expect.poll(() => murmur.segments()).toContain("fan");
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(changes).toHaveLength(count);
});
