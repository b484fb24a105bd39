import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, startEdge } from "../../tools/edge-process.ts";

const TOKEN_SECRET = "a-secret-of-the-load-of-32-bytes-or-more";

/** Runs the worker, on a port and in a folder of its own, for as long as `work` takes; nothing of it stays. */
export async function withTemporaryEdge<Result>(
  work: (url: string) => Promise<Result>,
  definition?: string,
): Promise<Result> {
  const persistTo = await mkdtemp(join(tmpdir(), "murmur-load-"));
  const edge = await startEdge({
    port: await freePort(),
    persistTo,
    allowedOrigins: [],
    tokenSecret: TOKEN_SECRET,
    ...(definition !== undefined && { definition }),
  });
  const end = async (): Promise<void> => {
    await edge.kill();
    await rm(persistTo, { recursive: true, force: true, maxRetries: 5 });
  };
  const interrupted = (): void => void end().then(() => process.exit(130));
  process.once("SIGINT", interrupted);
  process.once("SIGTERM", interrupted);
  try {
    return await work(edge.url);
  } finally {
    process.off("SIGINT", interrupted);
    process.off("SIGTERM", interrupted);
    await end();
  }
}
