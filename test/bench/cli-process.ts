import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../../packages/cli/dist/bin.js", import.meta.url));
const MARK = "used: ";
/** Says at the end what the process has used. */
const TELL = `process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stderr.write(${JSON.stringify(MARK)} + JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS * 1024 }));
});`;

/** What a run of the built command line took: s by the clock, s of all cores together, bytes at most. */
export interface CliRun {
  seconds: number;
  cpu: number;
  memory: number;
  /** Its answer. */
  out: string;
}

/** Runs the command line as it is built, in a process of its own, from nothing. */
export function cliProcess(args: readonly string[], cwd: string): CliRun {
  const start = performance.now();
  const teller = `data:text/javascript,${encodeURIComponent(TELL)}`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", teller, BIN, ...args], {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - start) / 1_000;
  const at = stderr.lastIndexOf(MARK);
  // 3: there were bad rows, which is no failure.
  if (at < 0 || (status !== 0 && status !== 3))
    throw new Error(`murmur ${args.join(" ")} failed:\n${stderr}`);
  const used = JSON.parse(stderr.slice(at + MARK.length)) as { cpu: number; memory: number };
  return { seconds, ...used, out: stdout };
}
