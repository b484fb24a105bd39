import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      "packages/core/vitest.config.ts",
      "packages/browser/vitest.config.ts",
      "packages/react/vitest.config.ts",
      "packages/react/vitest.react-18.config.ts",
      "packages/openfeature/vitest.config.ts",
      "packages/cli/vitest.config.ts",
      "worker/vitest.config.ts",
      "test/vitest.config.ts",
    ],
  },
});
