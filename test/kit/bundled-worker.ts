import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundleWorker, type WorkerBundle } from "../bench/edge/worker-bundle.ts";
import { KEPT_BUNDLES } from "./keep-bundles.ts";

/** Bundles the worker into `folder`; of a definition that this run of the tests has bundled before, the same again. */
export async function bundledWorker(folder: string, definition?: string): Promise<WorkerBundle> {
  const kept = process.env[KEPT_BUNDLES];
  if (kept === undefined) return bundleWorker(folder, definition);
  const own = join(
    kept,
    createHash("sha256")
      .update(definition ?? "")
      .digest("hex"),
  );
  if (!existsSync(own)) await keep(kept, own, definition);
  await mkdir(folder, { recursive: true });
  await copyFile(join(own, "index.js"), join(folder, "index.js"));
  const { classes, ...more } = JSON.parse(await readFile(join(own, "made.json"), "utf8")) as Made;
  return { ...more, classes: new Map(classes) };
}

interface Made extends Omit<WorkerBundle, "classes"> {
  classes: [binding: string, name: string][];
}

/** Another file may be at the same: whole, under its name, is whichever is there first. */
async function keep(folder: string, own: string, definition: string | undefined): Promise<void> {
  const making = await mkdtemp(join(folder, "making-"));
  const { classes, ...more } = await bundleWorker(making, definition);
  await writeFile(
    join(making, "made.json"),
    JSON.stringify({ ...more, classes: [...classes] } satisfies Made),
  );
  await rename(making, own).catch((error: unknown) => {
    if (!existsSync(own)) throw error;
  });
}
