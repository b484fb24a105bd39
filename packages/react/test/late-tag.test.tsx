import type { Murmur } from "@murmur/browser";
import { useState, type ReactElement } from "react";
import { expect, test } from "vitest";
import { MurmurProvider, Slot, useSegments, useTrack } from "../src/index.ts";
import { fakeTag } from "./kit/fake-tag.ts";
import { consoleErrors, find, mount } from "./kit/mount.tsx";

function Said(): ReactElement {
  const track = useTrack();
  return <button onClick={() => void track("Product Viewed")}>{useSegments().join()}</button>;
}

// First: from then on, what has no tag yet is given to the one that a provider had first.
test("what happened before a page had its tag is that tag's: what was recorded, and what was seen of a slot", async () => {
  const exposure = { name: "Experiment Viewed", properties: { experiment_id: "copy", variation_id: "a" } };
  const hero = { variant: "a", content: { title: "Rendered" }, why: "", exposures: [exposure] };
  let give = (_murmur: Murmur): void => {};
  let early: Murmur["track"] | undefined;
  function Early(): ReactElement {
    // As who listens to something of the page's for as long as that lives.
    early ??= useTrack();
    return <Slot name="hero" />;
  }
  function Page(): ReactElement {
    const [murmur, setMurmur] = useState<Murmur>();
    give = setMurmur;
    return (
      <MurmurProvider murmur={murmur} bootstrap={{ slots: { hero } }}>
        <Early />
      </MurmurProvider>
    );
  }
  const element = await find(mount(<Page />), "div");
  await early!("Product Viewed");
  element.scrollIntoView();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const murmur = fakeTag();
  give(murmur);
  const names = (): string[] => murmur.tracked.map(([name]) => String(name)).sort();
  await expect.poll(names).toEqual(["Experiment Viewed", "Product Viewed"]);
  await early!("Order Completed");
  await expect.poll(names).toEqual(["Experiment Viewed", "Order Completed", "Product Viewed"]);
  expect(murmur.tracked).toContainEqual([exposure.name, exposure.properties]);
});

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
  murmur.answers = { ...murmur.answers, segments: ["fan"], slots: {} };
  murmur.tell("change", undefined);
  await expect.poll(() => button.textContent).toBe("fan");
  button.click();
  await expect.poll(() => murmur.tracked).toEqual([["Product Viewed"]]);
  expect(errors).toEqual([]);
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
