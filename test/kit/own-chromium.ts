import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { startChromium, type ChromiumProcess } from "./chromium-process.ts";

/** A Chromium for the test that is running alone, with a profile of its own; both are gone with the test, however it ends. */
export async function ownChromium(): Promise<ChromiumProcess> {
  const profile = await mkdtemp(join(tmpdir(), "murmur-profile-"));
  const chromium = await startChromium(profile);
  onTestFinished(async () => {
    await chromium.kill();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  return chromium;
}
