import type { Murmur } from "@murmur/browser";
import { manifestOf } from "@murmur/core";
import { lazy, Suspense, type ReactElement, type ReactNode } from "react";
import { renderToReadableStream } from "react-dom/server";
import { expect, onTestFinished, test, vi } from "vitest";
import { start } from "../../browser/test/kit.ts";
import {
  MurmurProvider,
  Slot,
  useMeasure,
  useSegment,
  useSegments,
  useSlot,
  type Bootstrap,
} from "../src/index.ts";
import { fakeTag } from "./kit/fake-tag.ts";
import { consoleErrors, hydrate } from "./kit/mount.tsx";

const bootstrap: Bootstrap = {
  segments: ["fan"],
  slots: { hero: { variant: "fans", content: { title: "For fans" }, why: "in segment fan" } },
  measures: { views: 4 },
};

const renders: string[] = [];

function Page(): ReactElement {
  const said = `${useSegments().join()} ${useSegment("fan")} ${useMeasure("views")}`;
  renders.push(said);
  return (
    <main>
      <Slot name="hero">Own words</Slot>
      <p>{said}</p>
    </main>
  );
}

async function serve(children: ReactNode): Promise<string> {
  const stream = await renderToReadableStream(children);
  return new Response(stream).text();
}

test("what the edge decided is in the first HTML, and the first rendering in the browser is the same", async () => {
  const errors = consoleErrors();
  const html = await serve(
    <MurmurProvider bootstrap={bootstrap}>
      <Page />
    </MurmurProvider>,
  );
  expect(html).toContain('data-murmur-variant="fans"');
  expect(html).toContain("For fans");
  expect(html).toContain("fan true 4");
  renders.length = 0;
  const murmur = fakeTag();
  const { container, mended } = hydrate(
    html,
    <MurmurProvider murmur={murmur} bootstrap={bootstrap}>
      <Page />
    </MurmurProvider>,
  );
  await expect.poll(() => renders).not.toEqual([]);
  // A new browser, that knows of nothing yet: what was decided stands.
  murmur.tell("change", undefined);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(new Set(renders)).toEqual(new Set(["fan true 4"]));
  expect(container.textContent).toContain("For fans");
  // The edge has answered: from now on the device knows as much, and more.
  murmur.answers = { ...murmur.answers, slots: { ...bootstrap.slots }, measures: { views: 5 } };
  murmur.tell("change", undefined);
  await expect.poll(() => container.querySelector("p")?.textContent).toBe(" false 5");
  murmur.decide("hero", undefined);
  await expect.poll(() => container.textContent).toContain("Own words");
  expect([errors, mended]).toEqual([[], []]);
});

test("of what a page was rendered by, nothing is kept for the next: a server renders for very many", async () => {
  const seen: unknown[] = [];
  const Hero = (): ReactElement => <p>{(seen.push(useSlot("hero")), "…")}</p>;
  for (let page = 0; page < 2; page++)
    await serve(
      <MurmurProvider bootstrap={bootstrap}>
        <Hero />
      </MurmurProvider>,
    );
  expect(seen).toEqual([bootstrap.slots!["hero"], bootstrap.slots!["hero"]]);
  expect(seen[1]).not.toBe(seen[0]);
});

test("a tag that knows better takes over after the first rendering, without a word from React", async () => {
  const errors = consoleErrors();
  const page = (murmur?: ReturnType<typeof fakeTag>): ReactElement => (
    <MurmurProvider murmur={murmur} bootstrap={bootstrap}>
      <Page />
    </MurmurProvider>
  );
  const html = await serve(page());
  const murmur = fakeTag(["buyer"]);
  renders.length = 0;
  const { container, mended } = hydrate(html, page(murmur));
  await expect.poll(() => container.querySelector("p")?.textContent).toMatch(/^buyer false/);
  expect(renders[0]).toBe("fan true 4");
  expect(container.textContent).toContain("Own words");
  expect([errors, mended]).toEqual([[], []]);
});

test("a part that comes later, within Suspense, is taken over as it was rendered, though the tag has changed its mind", async () => {
  const errors = consoleErrors();
  let arrive: (() => void) | undefined;
  const Late = lazy(
    () => new Promise<{ default: typeof Page }>((resolve) => (arrive = () => resolve({ default: Page }))),
  );
  const page = (murmur: ReturnType<typeof fakeTag> | undefined, part: ReactNode): ReactElement => (
    <MurmurProvider murmur={murmur} bootstrap={bootstrap}>
      <Slot name="hero">Own words</Slot>
      <Suspense fallback="…">{part}</Suspense>
    </MurmurProvider>
  );
  const html = await serve(page(undefined, <Page />));
  const murmur = fakeTag(["buyer"]);
  const { container, mended } = hydrate(html, page(murmur, <Late />));
  await murmur.followed();
  murmur.decide("hero", { variant: "new", content: { title: "New" }, why: "" });
  await expect.poll(() => container.firstElementChild?.textContent).toBe("New");
  expect(container.querySelector("main")?.textContent).toContain("For fans");
  renders.length = 0;
  // React asks for it after all else, and later on a slow machine.
  await expect.poll(() => arrive).toBeDefined();
  arrive!();
  await expect.poll(() => container.querySelector("main")?.textContent).toContain("New");
  expect(renders[0]).toBe("fan true 4");
  expect([errors, mended]).toEqual([[], []]);
});

test("a visitor's first no takes back what the server has rendered by the edge's answer, also one before React is there", async () => {
  for (const isEarly of [true, false]) {
    const murmur = start({ database: `react-${crypto.randomUUID()}`, consent: "opt-in" });
    const refuse = (): void => murmur.consent({ personalization: false });
    if (isEarly) refuse();
    const page = (tag?: Murmur): ReactElement => (
      <MurmurProvider murmur={tag} bootstrap={bootstrap}>
        <Page />
      </MurmurProvider>
    );
    const { container } = hydrate(await serve(page()), page(murmur));
    if (!isEarly) {
      // Nothing is said yet: what the edge has decided stands.
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(container.textContent).toContain("fan true 4");
      expect(container.textContent).toContain("For fans");
      refuse();
    }
    await expect.poll(() => container.querySelector("p")?.textContent).toBe(" false undefined");
    expect(container.textContent).toContain("Own words");
  }
});

test("what a device that is new here decides before the edge has answered takes back nothing that was rendered", async () => {
  const own = globalThis.fetch;
  const asked: string[] = [];
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation((url, init) => {
    const { hostname, pathname } = new URL(String(url), location.href);
    if (hostname !== "edge.of.this.test") return own(url, init);
    asked.push(pathname);
    const fallback = { content: { title: "For anybody" } };
    const manifest = manifestOf({ segments: {}, slots: { banner: { variants: [], fallback } } });
    // What is known of this device elsewhere is on its way.
    return pathname === "/v1/manifest" ? Promise.resolve(Response.json(manifest)) : new Promise(() => {});
  });
  onTestFinished(() => spy.mockRestore());
  const page = (tag?: Murmur): ReactElement => (
    <MurmurProvider murmur={tag} bootstrap={bootstrap}>
      <Page />
    </MurmurProvider>
  );
  const murmur = start({ database: `react-${crypto.randomUUID()}`, edge: "https://edge.of.this.test" });
  const told: string[] = [];
  murmur.on("slot", ({ slot }) => told.push(slot));
  const { container } = hydrate(await serve(page()), page(murmur));
  await expect.poll(() => told, { timeout: 20_000 }).toEqual(["banner"]);
  expect(asked).toContain("/v1/manifest");
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(container.textContent).toContain("For fans");
  expect(container.textContent).toContain("fan true 4");
});
