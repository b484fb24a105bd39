import { defineProject } from "vitest/config";

export default defineProject({
  resolve: { conditions: ["murmur-source", "node", "module", "import", "default"] },
  ssr: { resolve: { conditions: ["murmur-source", "node", "module", "import", "default"] } },
  // Not isolated: what a command needs of the world, it is handed.
  test: {
    name: "cli",
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    maxWorkers: "100%",
    isolate: false,
  },
});
