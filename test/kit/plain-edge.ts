import { startWorkerd } from "../bench/edge/workerd-process.ts";
import type { EdgeOptions, EdgeProcess } from "../../tools/edge-process.ts";
import { bundledWorker } from "./bundled-worker.ts";

/**
 * The worker on plain workerd, with the time machine open: there in a moment. What wrangler has beside it is not there: queues,
 * the cache, and the files that are served beside the worker.
 */
export async function startPlainEdge(options: Omit<EdgeOptions, "signal" | "worker">): Promise<EdgeProcess> {
  const { port, persistTo, allowedOrigins, tokenSecret, definition, vars } = options;
  const { kill } = await startWorkerd({
    bundle: await bundledWorker(persistTo, definition),
    folder: persistTo,
    port,
    vars: {
      MURMUR_DEV: "1",
      ALLOWED_ORIGINS: allowedOrigins.join(","),
      TOKEN_SECRET: tokenSecret,
      ...vars,
    },
  });
  return { url: `http://localhost:${port}`, kill };
}
