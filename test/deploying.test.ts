import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What Cloudflare's plan takes of one worker, gzipped: https://developers.cloudflare.com/workers/platform/limits/ */
const LIMIT_KIB = 10 * 1_024;

let folder: string;
let page: string;
let config: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "murmur-deploy-"));
  page = await readFile(join(ROOT, "docs/deploying.md"), "utf8");
  config = await readFile(join(ROOT, "wrangler.toml"), "utf8");
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("wrangler would deploy the worker as it stands, without an account", () => {
  const { status, stdout, stderr } = spawnSync("wrangler", ["deploy", "--dry-run", "--outdir", folder], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
  });
  expect([status, stderr]).toEqual([0, ""]);
  const [, size] = /gzip: ([\d.]+) KiB/.exec(stdout)!;
  expect(Number(size)).toBeLessThan(LIMIT_KIB);
  for (const [, name] of config.matchAll(/^class_name = "(\w+)"$/gm)) expect(stdout).toContain(`(${name})`);
});

test("every Durable Object class is made by a migration, with SQLite", () => {
  const made = [...config.matchAll(/^new_sqlite_classes = \[(.+)\]$/gm)].flatMap(([, names]) =>
    names!.split(",").map((name) => name.trim().replaceAll('"', "")),
  );
  const bound = [...config.matchAll(/^class_name = "(\w+)"$/gm)].map(([, name]) => name);
  expect(made.sort()).toEqual(bound.sort());
});

test("the page names every queue that must be made, every class, and only settings that there are", async () => {
  for (const [, queue] of config.matchAll(/^(?:dead_letter_)?queue = "([\w-]+)"$/gm))
    expect(page).toMatch(
      new RegExp(`wrangler queues create ${queue}(?: --message-retention-period-secs \\d+)?\n`),
    );
  for (const [, name] of config.matchAll(/^class_name = "(\w+)"$/gm)) expect(page).toContain(`\`${name}\``);
  const settings = await readFile(join(ROOT, "worker/src/env.ts"), "utf8");
  const named = page.matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g);
  for (const [name] of named) expect([name, settings.includes(`  ${name}?:`)]).toEqual([name, true]);
});
