import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

/** The environment variable that tells the test files where bundles of the worker are kept. */
export const KEPT_BUNDLES = "MURMUR_KEPT_BUNDLES";

/** For one run of the tests, so that its files need not each bundle the same. Watched, what is bundled may change: nothing is kept. */
export default async function keepBundles({
  config,
}: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (config.watch) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "murmur-bundles-"));
  process.env[KEPT_BUNDLES] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
