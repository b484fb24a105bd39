import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startWorkerd, type Workerd } from "../bench/edge/workerd-process.ts";
import { SHOP_VARS } from "../load/make-call.ts";
import { bundledWorker } from "./bundled-worker.ts";

/** The worker on plain workerd, which is there again a moment after it was killed. */
export interface KillableEdge {
  /** Where it is now; another address after each start. */
  url: string;
  /** Where its consumer takes batches of the queue, in the same way. */
  consumer: string;
  /** Where its databases lie. */
  objects: string;
  /** kill -9, at once. */
  kill(): Promise<void>;
  /** Over the same databases, after it was killed. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts it with the time machine open, in a folder of its own that goes with it; with a queue at `queue`, host and port. */
export async function startKillableEdge(
  definition: string,
  settings: Readonly<Record<string, string>> = {},
  queue?: string,
): Promise<KillableEdge> {
  const folder = await mkdtemp(join(tmpdir(), "murmur-test-"));
  const bundle = await bundledWorker(folder, definition);
  let workerd: Workerd | undefined;
  const edge: KillableEdge = {
    url: "",
    consumer: "",
    objects: join(folder, "objects"),
    async kill() {
      await workerd?.kill();
    },
    async start() {
      const vars = { ...SHOP_VARS, MURMUR_DEV: "1", ...settings };
      workerd = await startWorkerd({ bundle, folder, vars, queue });
      edge.url = workerd.murmur;
      edge.consumer = workerd.consumer;
    },
    async close() {
      await edge.kill();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  try {
    await edge.start();
  } catch (error) {
    await edge.close();
    throw error;
  }
  return edge;
}
