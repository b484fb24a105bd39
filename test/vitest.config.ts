import { fileURLToPath } from "node:url";
import { defineProject } from "vitest/config";

// What crosses packages: whole processes, real Chromium and real workerd, driven from Node.
export default defineProject({
  resolve: {
    conditions: ["murmur-source", "node", "module", "import", "default"],
    // As wrangler.toml has it: what the worker is made of is read here, too.
    alias: { "murmur.config": fileURLToPath(new URL("../murmur.config.ts", import.meta.url)) },
  },
  ssr: { resolve: { conditions: ["murmur-source", "node", "module", "import", "default"] } },
  test: {
    name: "whole",
    include: ["**/*.test.ts"],
    globalSetup: "kit/keep-bundles.ts",
    // What is to become so may take its time where others want the machine as well.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Each file starts processes of its own, and waits much: two at a time, and nothing else beside them.
    maxWorkers: 2,
    sequence: { groupOrder: 1 },
  },
});
