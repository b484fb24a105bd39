import { expect, test, vi } from "vitest";
import { MANIFEST } from "../device/kit.ts";
import { consoleWarnings } from "../kit.ts";
import { delivery, waits } from "./kit.ts";

test("a new definition is taken over, and the log comes down anew under it", async () => {
  const given = await delivery();
  const next = { ...MANIFEST, hash: "next" };
  given.manifest = () => next;
  given.answer = () => ({ manifest: "next", cursor: 7 });
  expect(await given.deliverer.deliver()).toBe(true);
  expect(given.manifests).toEqual(["next"]);
  expect(given.calls.map(({ cursor }) => cursor)).toEqual([0, 0]);
  expect(given.state.manifest).toEqual(next);
  expect(given.state.meta).toMatchObject({ manifest: "next", cursor: 7 });
});

test("a definition comes with its checkpoint, and one that could not be kept is asked for again", async () => {
  consoleWarnings();
  const given = await delivery();
  waits(given);
  given.manifest = () => ({ ...MANIFEST, hash: "next" });
  given.answer = () => {
    // The disk fails as the definition is to be kept.
    const own = given.state.act.bind(given.state);
    const act = vi.spyOn(given.state, "act");
    act.mockImplementationOnce(own).mockRejectedValueOnce(new DOMException("full", "QuotaExceededError"));
    given.answer = () => {
      given.answer = () => ({ manifest: "next" });
      return { manifest: "next", checkpoint: { name: "c", at: 5 } };
    };
    return { manifest: "next" };
  };
  expect(await given.deliverer.deliver()).toBe(false);
  expect(given.state.meta.manifest).toBe(MANIFEST.hash);
  expect(await given.deliverer.deliver()).toBe(true);
  expect(given.manifests).toEqual(["next", "next"]);
  expect(given.state.meta).toMatchObject({ manifest: "next", folded: "c" });
});

test("a definition that this tag cannot run is asked for once, and the last one stays in force", async () => {
  const said = consoleWarnings();
  const given = await delivery();
  given.manifest = () => ({ ...MANIFEST, hash: "newer", plan: { ...MANIFEST.plan, version: 99 } as never });
  given.answer = () => ({ manifest: "newer" });
  for (let at = 0; at < 3; at++) expect(await given.deliverer.deliver()).toBe(true);
  expect(given.manifests).toEqual(["newer"]);
  expect(given.state.meta.manifest).toBe(MANIFEST.hash);
  await expect.poll(() => said.join()).toContain("no_manifest");

  given.manifest = () => ({ ...MANIFEST, hash: "mended" });
  given.answer = () => ({ manifest: "mended" });
  expect(await given.deliverer.deliver()).toBe(true);
  expect(given.state.meta.manifest).toBe("mended");
});
