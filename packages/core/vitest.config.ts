import { defineProject } from "vitest/config";

export default defineProject({
  test: {
    name: "core",
    include: ["test/**/*.test.ts"],
    // By itself, Vitest leaves one core alone: of two, that is half of them.
    maxWorkers: "100%",
    // Nothing here keeps anything beyond a call: a process for each file is a third of the time, for nothing.
    isolate: false,
  },
});
