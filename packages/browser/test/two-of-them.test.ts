import type { Definition } from "@murmur/core";
import { expect, onTestFinished, test } from "vitest";
import { knownDevice, start } from "./kit.ts";

function titled(title: string): Definition {
  return {
    segments: { known: { when: { count: "Seen", gte: 1 } } },
    slots: { hero: { variants: [], fallback: { content: { title } } } },
  };
}

test("two on one page that decide a slot otherwise do not call each other for ever", async () => {
  document.body.innerHTML = `<p data-murmur-slot="hero" data-murmur-timeout="Infinity" data-murmur-text="title">Own</p>`;
  let mutations = 0;
  const observer = new MutationObserver((records) => {
    mutations += records.length;
    // A page would hang here.
    if (mutations > 1_000) document.body.innerHTML = "";
  });
  observer.observe(document.body, { childList: true, subtree: true });
  onTestFinished(() => {
    observer.disconnect();
    document.body.innerHTML = "";
  });
  for (const title of ["One", "Another"]) {
    const database = crypto.randomUUID();
    await knownDevice(database, titled(title));
    await start({ database }).track("Seen");
  }
  const shown = (): string | null => document.querySelector("p")!.textContent;
  await expect.poll(shown).not.toBe("Own");
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(["One", "Another"]).toContain(shown());
  expect(mutations).toBeLessThan(20);
});
