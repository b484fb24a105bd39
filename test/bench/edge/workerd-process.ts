import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "../../../tools/edge-process.ts";
import type { WorkerBundle } from "./worker-bundle.ts";

/** Workers that stand beside the one that is run. */
const BESIDE = [
  fileURLToPath(new URL("bare-worker.js", import.meta.url)),
  fileURLToPath(new URL("queue-consumer.js", import.meta.url)),
];
/** How long workerd may take to be there, ms. */
const START_TIMEOUT = 30_000;

/** Plain workerd, with the worker and beside it a bare one, each on a port of its own. */
export interface Workerd {
  murmur: string;
  bare: string;
  /** Takes batches for the worker's consumer, where it has a queue: `queue-consumer.js`. */
  consumer: string;
  /** The processor's time that it has taken so far, ms: what others do on the machine plays a small part in it. */
  cpuTime(): number;
  /** Ends it at once, as a crash would; what is on disk stays. */
  kill(): Promise<void>;
}

export interface WorkerdOptions {
  bundle: WorkerBundle;
  /** Where the bundle lies, and the databases will. */
  folder: string;
  vars: Readonly<Record<string, string>>;
  /** The worker's; a free one without it. */
  port?: number;
  /** Where the shop's pages come from, which the worker stands in front of: host and port. */
  origin?: string | undefined;
  /** Where the worker's queue is: host and port. It lies outside, so that it outlives a crash. */
  queue?: string | undefined;
}

/** Runs `workerd serve` on loopback, without wrangler and its proxy. Resolves when both workers answer. */
export async function startWorkerd(options: WorkerdOptions): Promise<Workerd> {
  const { folder, port } = options;
  const ports = { murmur: port ?? (await freePort()), bare: await freePort(), consumer: await freePort() };
  const disk = join(folder, "objects");
  await mkdir(disk, { recursive: true });
  // What the configuration embeds, it names by paths from where it lies.
  for (const file of BESIDE) await copyFile(file, join(folder, basename(file)));
  const config = join(folder, "workerd.capnp");
  await writeFile(config, configText({ ...options, disk, ports }));
  // What brings batches to a consumer is an experiment of workerd's.
  const flags = options.queue === undefined ? [] : ["--experimental"];
  const child = spawn("workerd", ["serve", ...flags, config], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const errors: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk.toString()));
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  };
  const deadline = Date.now() + START_TIMEOUT;
  while (!(await answers(`http://127.0.0.1:${ports.murmur}/healthz`))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await kill();
      throw new Error(`workerd did not start:\n${errors.join("")}`);
    }
    await sleep(50);
  }
  return {
    murmur: `http://127.0.0.1:${ports.murmur}`,
    bare: `http://127.0.0.1:${ports.bare}`,
    consumer: `http://127.0.0.1:${ports.consumer}`,
    cpuTime: () => cpuTimeOf(child.pid!),
    kill,
  };
}

interface Config extends WorkerdOptions {
  disk: string;
  ports: Record<"murmur" | "bare" | "consumer", number>;
}

/** With an internet that has this machine in it, which workerd leaves out by itself. In Cap'n Proto's text, as https://github.com/cloudflare/workerd/blob/main/src/workerd/server/workerd.capnp has it. */
function configText({ bundle, vars, origin, queue, disk, ports }: Config): string {
  const classes = [...bundle.classes].map(
    ([binding, name]) => `(name = "${binding}", durableObjectNamespace = "${name}")`,
  );
  const texts = Object.entries(vars).map(
    ([name, value]) => `(name = "${name}", text = ${JSON.stringify(value)})`,
  );
  const shop = origin === undefined ? [] : ['(name = "ORIGIN_SERVICE", service = "shop")'];
  const queues = queue === undefined ? [] : ['(name = "WEBHOOKS", queue = "queue")'];
  const namespaces = [...bundle.classes.values()].map(namespace);
  const date = bundle.compatibilityDate;
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "disk", disk = (path = "${disk}", writable = true)),${origin === undefined ? "" : `\n    (name = "shop", external = (address = "${origin}", http = ())),`}${queue === undefined ? "" : queueServices(queue, date)}
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
    (name = "murmur", worker = (
      modules = [(name = "index.js", esModule = embed "index.js")],
      compatibilityDate = "${date}",
      bindings = [${[...classes, ...texts, ...shop, ...queues].join(", ")}],
      durableObjectNamespaces = [${namespaces.join(", ")}],
      durableObjectStorage = (localDisk = "disk"),
    )),
    (name = "bare", worker = (
      modules = [(name = "bare-worker.js", esModule = embed "bare-worker.js")],
      compatibilityDate = "${date}",
      bindings = [${['(name = "BARE", durableObjectNamespace = "Bare")', ...shop].join(", ")}],
      durableObjectNamespaces = [${namespace("Bare")}],
      durableObjectStorage = (localDisk = "disk"),
    )),
  ],
  sockets = [
    (name = "murmur", address = "127.0.0.1:${ports.murmur}", http = (), service = "murmur"),
    (name = "bare", address = "127.0.0.1:${ports.bare}", http = (), service = "bare"),${queue === undefined ? "" : `\n    (name = "consumer", address = "127.0.0.1:${ports.consumer}", http = (), service = "consumer"),`}
  ],
);
`;
}

function queueServices(queue: string, date: string): string {
  return `
    (name = "queue", external = (address = "${queue}", http = ())),
    (name = "consumer", worker = (
      modules = [(name = "queue-consumer.js", esModule = embed "queue-consumer.js")],
      compatibilityDate = "${date}",
      compatibilityFlags = ["service_binding_extra_handlers"],
      bindings = [(name = "MURMUR", service = "murmur")],
    )),`;
}

function namespace(name: string): string {
  return `(className = "${name}", uniqueKey = "${name}", enableSql = true)`;
}

/** User's and system's time, as Linux tells it in hundredths of a second (proc_pid_stat(5)). */
function cpuTimeOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const [user = 0, system = 0] = stat.slice(stat.lastIndexOf(")")).split(" ").slice(12).map(Number);
  return 10 * (user + system);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}
