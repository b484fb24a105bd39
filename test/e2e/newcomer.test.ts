import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cleanPage } from "../kit/browser.ts";
import { useDemo } from "../kit/demo.ts";
import { ADMIN_TOKEN } from "../kit/demo-shop.ts";
import { visit } from "../kit/tag.ts";

const BIN = fileURLToPath(new URL("../../packages/cli/dist/bin.js", import.meta.url));
const demo = useDemo();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "murmur-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function murmur(...args: string[]): SpawnSyncReturns<string> {
  const env = { ...process.env, MURMUR_ADMIN_TOKEN: ADMIN_TOKEN, MURMUR_URL: demo.shop.edge.url };
  return spawnSync(process.execPath, [BIN, ...args], { cwd: folder, encoding: "utf8", env });
}

async function edit(from: string, to: string): Promise<void> {
  const file = join(folder, "murmur.config.ts");
  const text = await readFile(file, "utf8");
  expect(text).toContain(from);
  await writeFile(file, text.replace(from, to));
}

test("from nothing to the shop's page: init, edit, check, backtest, push", async () => {
  expect(murmur("init", ".", "--yes").status).toBe(0);
  expect(murmur("check").status).toBe(0);

  // A rule of one's own, with a slip of the pen: the message leads to its line, and says what was meant.
  await edit(
    "  slots: {",
    `  slots: {
    hero: {
      variants: [
        {
          id: "newcomer",
          when: segment("running-shoe-intnet"),
          content: { eyebrow: "New", title: "Made by a newcomer", text: "Hello.", cta: "Look", href: "/", image: "/pictures/hero-running.svg" },
        },
      ],
    },`,
  );
  await edit('.within("7d").gt(3)', '.within("7d").gte(1)');
  const wrong = murmur("check");
  expect(wrong.status).toBe(1);
  expect(wrong.stdout).toMatch(
    /murmur\.config\.ts:\d+:\d+ error slots\.hero\.variants\[0\]\.when\.segment unknown segment "running-shoe-intnet": did you mean "running-shoe-intent"\?/,
  );
  expect(wrong.stdout).toMatch(/> \d+ \| +when: segment\("running-shoe-intnet"\)/);
  await edit("running-shoe-intnet", "running-shoe-intent");
  expect(murmur("check").status).toBe(0);

  const backtest = murmur("backtest", "murmur.config.ts", "sample.csv");
  expect([backtest.status, backtest.stderr]).toEqual([0, ""]);
  expect(backtest.stdout).toMatch(/running-shoe-intent +\d+/);

  // The difference first; nobody is there to say yes, so nothing is pushed.
  expect(murmur("push").stderr).toContain("push with --yes, or look with --dry-run");
  const look = murmur("push", "--dry-run");
  expect(look.stdout).toMatch(/changes to what is in force \(deployed [0-9a-f]{16}\)/);
  expect(look.stdout).toContain("+ segments.rfm-champion");
  expect(look.stdout).toContain("~ slots.hero");
  const pushed = murmur("push", "--yes");
  expect([pushed.status, pushed.stderr]).toEqual([0, ""]);
  expect(pushed.stdout).toMatch(/in force [0-9a-f]{16}, pushed/);
  expect(murmur("push", "--yes").stdout).toContain("in force already: pushed");

  // A shopper who has never been here looks at one shoe, and sees what the newcomer wrote.
  const context = await demo.browser.newContext();
  const { page, faults } = await cleanPage(context);
  await visit(page, `${demo.shop.url}/products/daybreak`);
  await page.goto(demo.shop.url);
  await page.getByText("Made by a newcomer").waitFor();
  expect(faults).toEqual([]);
  await context.close();

  const undone = murmur("push", "--undo");
  expect(undone.stdout).toContain("as it was deployed");
}, 180_000);
