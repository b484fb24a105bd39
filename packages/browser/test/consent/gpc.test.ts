import { expect, test } from "vitest";
import { gpc } from "../../src/consent/gpc.ts";
import { consoleWarnings, entriesIn, knownDevice, start } from "../kit.ts";
import { listenTo, put, throwing } from "./page.ts";

test("Global Privacy Control is a no to marketing", () => {
  put(navigator, "globalPrivacyControl", { value: true });
  expect(listenTo(gpc)).toEqual([{ marketing: false }]);
});

test("its absence says nothing", () => {
  for (const value of [undefined, false, null]) {
    put(navigator, "globalPrivacyControl", { value });
    expect(listenTo(gpc)).toEqual([]);
  }
});

test("a page that spoils it is no fault of the tag, which goes on", async () => {
  consoleWarnings();
  put(navigator, "globalPrivacyControl", { get: throwing });
  const database = crypto.randomUUID();
  const log = await knownDevice(database, { segments: {} });
  await start({ database }).track("Seen");
  expect(await entriesIn(log)).toMatchObject([{ name: "Seen" }]);
});
