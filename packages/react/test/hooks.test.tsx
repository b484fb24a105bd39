import type { Explanation } from "@murmur/core";
import { useState, version, type ReactElement } from "react";
import { version as domVersion } from "react-dom";
import { expect, inject, test, vi } from "vitest";
import { knownDevice, start } from "../../browser/test/kit.ts";
import {
  MurmurProvider,
  useExplain,
  useMeasure,
  useSegment,
  useSegments,
  useSlot,
  useTrack,
} from "../src/index.ts";
import { definition } from "./kit/definition.ts";
import { fakeTag } from "./kit/fake-tag.ts";
import { consoleErrors, find, mount } from "./kit/mount.tsx";

function Everything(): ReactElement {
  const track = useTrack();
  const hero = useSlot("hero");
  const said = [
    useSegments().join(),
    useSegment("fan") ? "a fan" : "no fan",
    useMeasure("views"),
    hero ? String(hero.content["title"]) : "own",
  ];
  return <button onClick={() => void track("Product Viewed")}>{said.join(" | ")}</button>;
}

test("the React is the one that is meant", () => {
  for (const each of [version, domVersion]) expect(Number.parseInt(each, 10)).toBe(inject("reactMajor"));
});

test("every hook follows the tag, as it records on this device", async () => {
  const errors = consoleErrors();
  const database = `react-${crypto.randomUUID()}`;
  await knownDevice(database, definition);
  const murmur = start({ database });
  const container = mount(
    <MurmurProvider murmur={murmur}>
      <Everything />
    </MurmurProvider>,
  );
  const button = await find(container, "button");
  for (let views = 1; views <= 4; views++) {
    button.click();
    const are = views > 3 ? "fan | a fan | 4 | For fans" : ` | no fan | ${views} | own`;
    await expect.poll(() => button.textContent).toBe(are);
  }
  expect(errors).toEqual([]);
});

test("an explanation comes when the tag has loaded what it takes, and changes with the profile", async () => {
  const murmur = fakeTag(["fan"]);
  const why = (result: boolean): Explanation => ({ condition: { segment: "fan" }, result });
  murmur.answers.explanations = { fan: why(true) };
  const Why = (): ReactElement => <p>{JSON.stringify(useExplain("fan")?.result ?? "…")}</p>;
  const container = mount(
    <MurmurProvider murmur={murmur}>
      <Why />
    </MurmurProvider>,
  );
  await expect.poll(() => container.textContent).toBe("true");
  murmur.answers = { ...murmur.answers, segments: [], explanations: { fan: why(false) } };
  murmur.tell("change", undefined);
  await expect.poll(() => container.textContent).toBe("false");
});

test("a component renders anew only when its own answer is another one", async () => {
  const murmur = fakeTag(["buyer"]);
  const renders = { fan: 0, views: 0, hero: 0 };
  const Fan = (): ReactElement => <i>{(renders.fan++, String(useSegment("fan")))}</i>;
  const Views = (): ReactElement => <i>{(renders.views++, useMeasure("views"))}</i>;
  const Hero = (): ReactElement => <i>{(renders.hero++, useSlot("hero")?.variant)}</i>;
  murmur.answers.measures = { views: 1 };
  const container = mount(
    <MurmurProvider murmur={murmur}>
      <Fan />
      <Views />
      <Hero />
    </MurmurProvider>,
  );
  await expect.poll(() => container.textContent).toBe("false1");
  murmur.decide("hero", { variant: "fans", content: { title: "Hello" }, why: "" });
  await expect.poll(() => container.textContent).toBe("false1fans");
  const before = { ...renders };
  murmur.answers.segments = ["buyer", "other"];
  murmur.decide("hero", { variant: "fans", content: { title: "Hello" }, why: "" });
  murmur.tell("change", undefined);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(renders).toEqual(before);
  murmur.answers.measures = { views: 2 };
  murmur.tell("change", undefined);
  await expect.poll(() => container.textContent).toBe("false2fans");
  expect({ ...renders, views: 0 }).toEqual({ ...before, views: 0 });
});

test("components that come and go leave one follower behind, which asks nothing for who has left", async () => {
  const murmur = fakeTag(["fan"]);
  const measure = vi.spyOn(murmur, "measure");
  const Views = (): ReactElement => <i>{useMeasure("views")}</i>;
  let show = (_shown: boolean): void => {};
  function Page(): ReactElement {
    const [isShown, setShown] = useState(true);
    show = setShown;
    return <MurmurProvider murmur={murmur}>{isShown ? <Views /> : "gone"}</MurmurProvider>;
  }
  const container = mount(<Page />);
  await expect.poll(() => measure.mock.calls).toContainEqual(["views"]);
  for (const isShown of [false, true, false]) {
    show(isShown);
    await expect.poll(() => container.textContent).toBe(isShown ? "" : "gone");
  }
  measure.mockClear();
  const segments = vi.spyOn(murmur, "segments");
  murmur.tell("change", undefined);
  await expect.poll(() => segments.mock.calls.length).toBeGreaterThan(0);
  expect(measure).not.toHaveBeenCalled();
  expect(murmur.listeners()).toBe(2);
});

test("without a provider above it, a hook says what is missing", async () => {
  const { renderToString } = await import("react-dom/server");
  expect(() => renderToString(<Everything />)).toThrow(/no <MurmurProvider>/);
});

test("without a tag given, the page's script tag answers, also when it comes later", async () => {
  const page = window as unknown as { murmur?: unknown[] | undefined };
  const container = mount(
    <MurmurProvider>
      <Everything />
    </MurmurProvider>,
  );
  const button = await find(container, "button");
  button.click();
  await expect.poll(() => page.murmur).toHaveLength(1);
  const queue = page.murmur as [["ready", (murmur: unknown) => void]];
  const murmur = fakeTag(["fan"]);
  murmur.answers.slots = { hero: { variant: "fans", content: { title: "Decided before" }, why: "" } };
  queue[0][1](murmur);
  await expect.poll(() => button.textContent).toBe("fan | a fan |  | Decided before");
  expect(murmur.tracked).toEqual([["Product Viewed"]]);
  page.murmur = undefined;
});

test("what nobody has shown for a while is not shown again as it was: it may be another customer's by now", async () => {
  const murmur = fakeTag(["fan"]);
  murmur.answers.measures = { views: 4 };
  const seen: unknown[] = [];
  const Views = (): ReactElement => {
    const views = useMeasure("views");
    seen.push(views);
    return <p>{views}</p>;
  };
  let show = (_isShown: boolean): void => {};
  const Page = (): ReactElement => {
    const [isShown, setShown] = useState(true);
    show = setShown;
    return <main>{isShown && <Views />}</main>;
  };
  const container = mount(
    <MurmurProvider murmur={murmur} bootstrap={{ measures: { views: 3 } }}>
      <Page />
    </MurmurProvider>,
  );
  await expect.poll(() => container.textContent).toBe("4");
  show(false);
  await expect.poll(() => container.textContent).toBe("");
  murmur.answers = { ...murmur.answers, segments: [], measures: { views: 1 } };
  murmur.tell("change", undefined);
  await new Promise((resolve) => setTimeout(resolve, 100));
  seen.length = 0;
  show(true);
  await expect.poll(() => container.textContent).toBe("1");
  expect(seen).not.toContain(4);
  expect(seen).not.toContain(3);
});
