import { expect, test } from "vitest";
import { FakeSource } from "./fake-source.ts";
import { openPanel } from "./kit.ts";

test("that a filter finds nothing is heard, once", async () => {
  const source = new FakeSource({ segments: {} });
  const panel = await openPanel(source);
  panel.tab("events");
  const filter = panel.find<HTMLInputElement>("#view-events .filter");
  const want = (wanted: string): void => {
    filter.value = wanted;
    filter.dispatchEvent(new Event("input"));
  };
  const heard = panel.find("#view-events [role=status]");
  source.track("Page Viewed");
  await expect.poll(() => panel.all("#view-events .event")).toHaveLength(1);
  expect(heard.textContent).toBe("");
  want("nothing of this");
  expect(heard.textContent).toMatch("No match");
  const { firstChild } = heard;
  source.track("Page Viewed");
  await expect.poll(() => panel.all("#view-events .event")).toHaveLength(2);
  expect(heard.firstChild).toBe(firstChild);
  want("page");
  expect(heard.textContent).toBe("");
});
