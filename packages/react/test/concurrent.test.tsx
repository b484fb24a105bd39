import { startTransition, useState, type ReactElement } from "react";
import { expect, test, vi } from "vitest";
import { MurmurProvider, useSegments } from "../src/index.ts";
import { fakeTag } from "./kit/fake-tag.ts";
import { mount } from "./kit/mount.tsx";

/** Takes its time, so that React stops between two of them. */
function Slow({ seen }: { seen: (ids: string) => void }): ReactElement {
  const ids = useSegments().join();
  const until = performance.now() + 8;
  while (performance.now() < until);
  seen(ids);
  return <i>{ids} </i>;
}

test("a change in the middle of a rendering shows in all components at once, or in none", async () => {
  const murmur = fakeTag(["first"]);
  let show = (): void => {};
  let rendered = 0;
  const seen = (): void => {
    rendered++;
  };
  function Page(): ReactElement {
    const [isShown, setShown] = useState(false);
    show = () => startTransition(() => setShown(true));
    return <>{isShown && Array.from({ length: 20 }, (_, at) => <Slow key={at} seen={seen} />)}</>;
  }
  const container = mount(
    <MurmurProvider murmur={murmur}>
      <Page />
    </MurmurProvider>,
  );
  const shown = new Set<string>();
  new MutationObserver(() =>
    shown.add([...new Set(container.textContent?.trim().split(" "))].join()),
  ).observe(container, { childList: true, subtree: true, characterData: true });
  // So that there is a first answer before.
  const Watch = (): ReactElement => <b>{useSegments().join()}</b>;
  const watch = mount(
    <MurmurProvider murmur={murmur}>
      <Watch />
    </MurmurProvider>,
  );
  await expect.poll(() => watch.textContent).toBe("first");
  show();
  await vi.waitFor(() => expect(rendered).toBeGreaterThan(2), { interval: 1 });
  expect(container.textContent).toBe("");
  murmur.answers.segments = ["second"];
  murmur.tell("change", undefined);
  await expect.poll(() => container.textContent).toBe("second ".repeat(20));
  for (const each of shown) expect(["first", "second", ""]).toContain(each);
});
