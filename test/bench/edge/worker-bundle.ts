import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { configWith } from "../../../tools/edge-process.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** What is to be deployed: one module, `index.js`. */
export interface WorkerBundle {
  compatibilityDate: string;
  /** Its Durable Object classes, by binding. */
  classes: ReadonlyMap<string, string>;
}

/** Bundles the worker into `folder`, as `wrangler deploy` would; with another definition than murmur.config.ts, where given. */
export async function bundleWorker(folder: string, definition?: string): Promise<WorkerBundle> {
  const flags = ["--dry-run", "--outdir", folder];
  if (definition !== undefined) flags.push("--config", await configWith(definition, folder));
  const { status, stdout, stderr } = spawnSync("wrangler", ["deploy", ...flags], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
  });
  if (status !== 0) throw new Error(`wrangler made no bundle:\n${stdout}${stderr}`);
  const config = await readFile(join(ROOT, "wrangler.toml"), "utf8");
  const classes = config.matchAll(/^name = "(\w+)"\nclass_name = "(\w+)"$/gm);
  return {
    compatibilityDate: /^compatibility_date = "(.+)"$/m.exec(config)![1]!,
    classes: new Map(Array.from(classes, ([, binding, name]) => [binding!, name!])),
  };
}
