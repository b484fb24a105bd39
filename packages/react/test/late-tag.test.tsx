import type { Murmur } from "@murmur/browser";
import { useEffect, useState, type ReactElement } from "react";
import { expect, test } from "vitest";
import { MurmurProvider, Slot, useSegments, useTrack, type Bootstrap } from "../src/index.ts";
import { fakeTag } from "./kit/fake-tag.ts";
import { consoleErrors, find, mount } from "./kit/mount.tsx";

function Said(): ReactElement {
  const track = useTrack();
  return <button onClick={() => void track("Product Viewed")}>{useSegments().join()}</button>;
}

test("a tag that a page has only after its first rendering is followed from then on; what it was rendered by stays", async () => {
  const errors = consoleErrors();
  let give = (_murmur: Murmur): void => {};
  let again = (): void => {};
  function Page(): ReactElement {
    const [murmur, setMurmur] = useState<Murmur>();
    const [time, setTime] = useState(0);
    give = setMurmur;
    again = () => setTime(time + 1);
    return (
      <MurmurProvider murmur={murmur} bootstrap={{ segments: [`rendered-${time}`] }}>
        <Said />
      </MurmurProvider>
    );
  }
  const container = mount(<Page />);
  const button = await find(container, "button");
  expect(button.textContent).toBe("rendered-0");
  const murmur = fakeTag();
  give(murmur);
  await murmur.followed();
  again();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(button.textContent).toBe("rendered-0");
  murmur.answers.segments = ["fan"];
  murmur.tell("change", undefined);
  await expect.poll(() => button.textContent).toBe("fan");
  button.click();
  await expect.poll(() => murmur.tracked).toEqual([["Product Viewed"]]);
  expect(errors).toEqual([]);
});

test("what was seen before there was a tag is recorded by the one that comes, once", async () => {
  const exposure = { name: "Experiment Viewed", properties: { experiment_id: "copy", variation_id: "a" } };
  const hero = { variant: "a", content: { title: "Rendered" }, why: "", exposures: [exposure] };
  const bootstrap: Bootstrap = { segments: [], slots: { hero } };
  let give = (_murmur: Murmur): void => {};
  function Page(): ReactElement {
    const [murmur, setMurmur] = useState<Murmur>();
    give = setMurmur;
    return (
      <MurmurProvider murmur={murmur} bootstrap={bootstrap}>
        <Slot name="hero">Own</Slot>
      </MurmurProvider>
    );
  }
  const container = mount(<Page />);
  await expect.poll(() => container.textContent).toBe("Rendered");
  // Long enough to be seen.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const murmur = Object.assign(fakeTag(), { slots: async () => ({ hero }) });
  give(murmur);
  await expect
    .poll(() => murmur.tracked, { timeout: 20_000 })
    .toEqual([[exposure.name, exposure.properties]]);
  murmur.tell("change", undefined);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(murmur.tracked).toHaveLength(1);
});

test("nobody waits for a tag that may never come, as where it is blocked; once it is there, they wait for the disk", async () => {
  let give = (_murmur: Murmur): void => {};
  let track = async (..._event: Parameters<Murmur["track"]>): Promise<void> => {};
  function Recorder(): ReactElement {
    track = useTrack();
    return <p>Here</p>;
  }
  function Page(): ReactElement {
    const [murmur, setMurmur] = useState<Murmur>();
    give = setMurmur;
    return (
      <MurmurProvider murmur={murmur}>
        <Recorder />
      </MurmurProvider>
    );
  }
  await find(mount(<Page />), "p");
  await track("Order Completed");
  const murmur = fakeTag();
  let kept = (): void => {};
  murmur.track = () => new Promise((resolve) => (kept = resolve));
  give(murmur);
  await murmur.followed();
  const waits = track("Product Viewed");
  expect(await Promise.race([waits, new Promise((resolve) => setTimeout(resolve, 50, "waits"))])).toBe(
    "waits",
  );
  kept();
  await waits;
});

test("what components record as they mount, before the page has its tag, is recorded by the one that comes", async () => {
  function Product(): ReactElement {
    const track = useTrack();
    useEffect(() => void track("Product Viewed"), [track]);
    return <p>Here</p>;
  }
  const murmur = fakeTag();
  function Page(): ReactElement {
    const [late, setLate] = useState<Murmur>();
    // After the effects of what is below it, as React has it.
    useEffect(() => setLate(murmur), []);
    const [product] = useState(() => <Product />);
    return <MurmurProvider murmur={late}>{product}</MurmurProvider>;
  }
  await find(mount(<Page />), "p");
  await expect.poll(() => murmur.tracked.length, { timeout: 20_000 }).toBeGreaterThan(0);
});
