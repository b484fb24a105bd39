import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** How long wrangler may take to be there, ms. */
const START_TIMEOUT = 60_000;
/** How much of its output is kept, to be shown when it fails: lines. */
const KEPT_LINES = 40;

/** A worker that has Murmur's in it: paths from the repository's root. */
export interface OuterWorker {
  main: string;
  /** The folder of files that are served beside it. */
  files: string;
  /** Where modules are that it imports by their names. */
  alias: Readonly<Record<string, string>>;
}

export interface EdgeOptions {
  port: number;
  /** Folder in which the Durable Objects' databases lie; they survive a restart. */
  persistTo: string;
  /** Origins of the pages that may call. */
  allowedOrigins: readonly string[];
  tokenSecret: string;
  /** Further settings of the worker, by name. */
  vars?: Readonly<Record<string, string>>;
  /** Ends it, also while it starts. */
  signal?: AbortSignal;
  /** File of another definition than murmur.config.ts, from the repository's root. */
  definition?: string;
  /** Another worker that has this one in it. */
  worker?: OuterWorker;
}

export interface EdgeProcess {
  url: string;
  /** Ends it at once, as a crash would: no process of it has time for anything. */
  kill(): Promise<void>;
}

/** A port of this machine that nobody uses at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The port, or another one where somebody uses it, on either of the machine's own addresses. */
export async function portOr(port: number): Promise<number> {
  return (await isFree(port, "127.0.0.1")) && (await isFree(port, "::1")) ? port : freePort();
}

function isFree(port: number, host: string): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    // Where the machine has no such address, nobody is in the way there.
    server.once("error", ({ code }: NodeJS.ErrnoException) => resolve(code !== "EADDRINUSE"));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** Starts the worker on real workerd, locally, with the time machine open. Resolves when it answers. */
export async function startEdge(options: EdgeOptions): Promise<EdgeProcess> {
  const { port, persistTo, allowedOrigins, tokenSecret, definition, worker } = options;
  const vars = {
    MURMUR_DEV: "1",
    ALLOWED_ORIGINS: allowedOrigins.join(","),
    TOKEN_SECRET: tokenSecret,
    ...options.vars,
  };
  const settings = {
    ip: "127.0.0.1",
    port,
    "inspector-port": 0,
    "persist-to": persistTo,
    "log-level": "warn",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  flags.push("--show-interactive-dev-session=false");
  for (const [name, value] of Object.entries(vars)) flags.push("--var", `${name}:${value}`);
  if (definition !== undefined || worker)
    flags.push("--config", await configWith(definition, persistTo, worker));
  const child = spawn("wrangler", ["dev", ...flags], {
    cwd: ROOT,
    // A process group of its own, so that workerd goes with wrangler.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      WRANGLER_SEND_METRICS: "false",
      // Nothing is written into the home folder: where that cannot be, wrangler ends.
      XDG_CONFIG_HOME: resolve(ROOT, persistTo, "config"),
    },
  });
  const output = keepOutput(child);
  const kill = (): Promise<void> => killGroup(child);
  options.signal?.addEventListener("abort", () => void kill());
  const url = `http://localhost:${port}`;
  const deadline = Date.now() + START_TIMEOUT;
  while (!(await answers(`${url}/v1/manifest`))) {
    if (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
      await sleep(100);
      continue;
    }
    await kill();
    throw new Error(`the worker did not start:\n${output.join("")}`);
  }
  return { url, kill };
}

/**
 * Writes wrangler.toml anew, with another definition and, as it lies elsewhere, whole paths. `wrangler dev` has an
 * `--alias` as well, but as of 4.155 it takes no notice of it.
 */
export async function configWith(
  definition = "murmur.config.ts",
  folder: string,
  worker?: OuterWorker,
): Promise<string> {
  const alias = Object.entries(worker?.alias ?? {}).map(([name, file]) => `"${name}" = "./${file}"\n`);
  let config = (await readFile(join(ROOT, "wrangler.toml"), "utf8"))
    .replace(/^"murmur\.config" = .*$/m, `"murmur.config" = "./${definition}"`)
    .replace(/^\[alias\]\n/m, (line) => line + alias.join(""))
    .replace(/^main = "/m, 'main = "./');
  if (worker)
    config = config
      .replace(/^main = .*$/m, `main = "./${worker.main}"`)
      .replace(/^directory = .*$/m, `directory = "./${worker.files}"`);
  config = config.replaceAll('"./', `"${ROOT}`);
  const file = join(folder, "wrangler.toml");
  await mkdir(folder, { recursive: true });
  await writeFile(file, config);
  return file;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

function keepOutput(child: ChildProcess): string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      lines.push(chunk.toString());
      if (lines.length > KEPT_LINES) lines.shift();
    });
  }
  return lines;
}

async function killGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid, "SIGKILL");
  await gone;
}
