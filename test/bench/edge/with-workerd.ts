import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleWorker } from "./worker-bundle.ts";
import { startWorkerd, type Workerd, type WorkerdOptions } from "./workerd-process.ts";

/** The admin's bearer token of a bench. */
export const ADMIN_TOKEN = "an-admin-token-of-the-benches-of-32-bytes";

/** workerd at work, and how to begin anew on what it has left. */
export interface RunningWorkerd extends Workerd {
  /** Where its databases lie. */
  objects: string;
  /** Ends it at once and starts it over the same databases: nothing is in memory then. */
  restart(): Promise<RunningWorkerd>;
}

/**
 * Runs the worker on plain workerd, in a folder of its own, for as long as `work` takes; nothing of it stays. With further
 * settings and an `origin` behind it, where they are given.
 */
export async function withWorkerd<Result>(
  work: (workerd: RunningWorkerd) => Promise<Result>,
  { vars, origin }: Partial<Pick<WorkerdOptions, "vars" | "origin">> = {},
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "murmur-bench-"));
  let workerd: Workerd | undefined;
  const end = async (): Promise<void> => {
    await workerd?.kill();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const interrupted = (): void => void end().then(() => process.exit(130));
  process.once("SIGINT", interrupted);
  process.once("SIGTERM", interrupted);
  try {
    const bundle = await bundleWorker(folder);
    const start = async (): Promise<RunningWorkerd> => {
      workerd = await startWorkerd({ bundle, folder, vars: { ADMIN_TOKEN, ...vars }, origin });
      return {
        ...workerd,
        objects: join(folder, "objects"),
        async restart() {
          await workerd?.kill();
          return start();
        },
      };
    };
    return await work(await start());
  } finally {
    process.off("SIGINT", interrupted);
    process.off("SIGTERM", interrupted);
    await end();
  }
}
