import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { startEdge, type EdgeOptions, type EdgeProcess } from "../../tools/edge-process.ts";

/** Builds the shop and starts it. It is Murmur's worker with other pages: its settings are those of wrangler.toml. */
export async function startReactStorefront({
  port,
  persistTo,
  signal,
}: Pick<EdgeOptions, "port" | "persistTo" | "signal">): Promise<EdgeProcess> {
  await build({ configFile: fileURLToPath(new URL("vite.config.ts", import.meta.url)), logLevel: "warn" });
  return startEdge({
    port,
    persistTo,
    ...(signal && { signal }),
    allowedOrigins: [],
    tokenSecret: randomBytes(32).toString("hex"),
    vars: { SECRET_WRITE_KEY: randomBytes(32).toString("hex") },
    worker: {
      main: "examples/react-storefront/src/worker.tsx",
      files: "examples/react-storefront/dist/files",
      alias: {
        "@murmur/worker": "worker/src/index.ts",
        "@murmur/react": "packages/react/src/index.ts",
        "@murmur/browser/answers": "packages/browser/src/answers/index.ts",
      },
    },
  });
}
