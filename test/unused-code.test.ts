import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("no file, export or dependency is there for nobody, but for what knip.jsonc gives a reason for", () => {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const { stdout, stderr } = spawnSync("knip", ["--no-progress", "--treat-config-hints-as-errors"], {
    cwd: root,
    encoding: "utf8",
  });
  expect(`${stdout}${stderr}`.trim()).toBe("");
});
