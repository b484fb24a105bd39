import { basename } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What soonest fails of most mutants; the rest is asked of what survives these. */
const FIRST = ["parity.test.ts", "oracle.property.test.ts"];

class KillersFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1)));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const at = FIRST.indexOf(basename(moduleId));
  return at === -1 ? FIRST.length : at;
}

/** The tests of the evaluator, as Stryker runs them over each mutant: see stryker.config.json. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // They look at the text of files, at the schema or at what a check costs, not at the evaluator.
    exclude: [
      "test/purity.test.ts",
      "test/spec-coverage.test.ts",
      "test/hostile-definitions.test.ts",
      "test/regex-safety.test.ts",
      "test/schema/**",
    ],
    env: { MURMUR_RUNS: "60" },
    setupFiles: ["test/kit/mutation-setup.ts"],
    // Stryker has its own, by how long the tests took without a mutant: a busy machine fails none.
    testTimeout: 600_000,
    // To start a worker for each file would take longer than the tests themselves.
    isolate: false,
    sequence: { sequencer: KillersFirst },
    reporters: [],
  },
});
