import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test, vi } from "vitest";
import { freePort, startEdge } from "../../tools/edge-process.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

test("Ctrl+C while the demo starts ends it without a word, and whatever it has started", async () => {
  const demo = spawn(process.execPath, ["tools/demo.ts"], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void demo.kill("SIGKILL"));
  const said: string[] = [];
  for (const stream of [demo.stdout, demo.stderr]) stream.on("data", (chunk) => said.push(String(chunk)));
  const exit = once(demo, "exit");
  const [started = ""] = await vi.waitFor(
    async () => (await promisify(execFile)("pgrep", ["-P", String(demo.pid)])).stdout.trim().split("\n"),
    { timeout: 30_000, interval: 50 },
  );
  demo.kill("SIGINT");
  expect(await exit).toEqual([0, null]);
  expect(said.join("")).toBe("");
  const isThere = (): boolean => {
    try {
      return process.kill(Number(started), 0);
    } catch {
      return false;
    }
  };
  // Who was killed is gone once the system has cleared it away.
  await expect.poll(isThere).toBe(false);
});

test("the worker starts where nothing can be written into the home folder, as it writes nothing there", async () => {
  const folder = await mkdtemp(join(tmpdir(), "murmur-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const home = join(folder, "home");
  await mkdir(home);
  vi.stubEnv("HOME", home);
  onTestFinished(() => void vi.unstubAllEnvs());
  const edge = await startEdge({
    port: await freePort(),
    persistTo: join(folder, "kept"),
    allowedOrigins: [],
    tokenSecret: "x".repeat(32),
  });
  onTestFinished(() => edge.kill());
  expect(await readdir(home)).toEqual([]);
});
