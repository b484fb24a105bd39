// `npm run types`: checks every part by its own tsconfig.json, so that no part sees types it does not have at run time.
import { spawnSync } from "node:child_process";

const PARTS = [
  "packages/core",
  "packages/core/test",
  "packages/browser",
  "packages/browser/test",
  "packages/react",
  "packages/react/test",
  "packages/react/test/types/registered",
  "packages/react/test/types/unregistered",
  "packages/react/test/types/defined",
  "packages/openfeature",
  "packages/openfeature/test",
  "packages/cli",
  "packages/cli/test",
  "worker",
  "worker/test",
  "examples/storefront",
  "examples/react-storefront",
  "examples/edge-endpoint",
  "test",
];

const failed = PARTS.filter((part) => spawnSync("tsc", ["-p", part], { stdio: "inherit" }).status !== 0);
if (failed.length > 0) {
  console.error(`types are wrong in ${failed.join(", ")}`);
  process.exitCode = 1;
}
