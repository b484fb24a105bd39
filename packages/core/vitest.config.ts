import { defineProject } from "vitest/config";

export default defineProject({
  // By itself, Vitest leaves one core alone: of two, that is half of them.
  test: { name: "core", include: ["test/**/*.test.ts"], maxWorkers: "100%" },
});
