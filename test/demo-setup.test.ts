import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

test("the demo needs no Chromium of its own: only what tests does looks for one", async () => {
  // Installed, and without the file that knows where browsers are.
  const folder = await mkdtemp(join(tmpdir(), "murmur-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, "tools"));
  await cp(join(ROOT, "tools/setup.mjs"), join(folder, "tools/setup.mjs"));
  await cp(join(ROOT, "package-lock.json"), join(folder, "package-lock.json"));
  await mkdir(join(folder, "node_modules"));
  await cp(join(ROOT, "node_modules/.package-lock.json"), join(folder, "node_modules/.package-lock.json"));
  const { scripts } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  const setUp = async (command: "demo" | "test"): Promise<unknown> => {
    const [program = "", ...flags] = scripts[command].split(" && ")[0].split(" ");
    expect(program).toBe("node");
    return promisify(execFile)(process.execPath, flags, { cwd: folder });
  };
  await setUp("demo");
  await expect(setUp("test")).rejects.toThrow(/chromium\.mjs/);
});
