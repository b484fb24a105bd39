import { Readable, Writable } from "node:stream";
import { main } from "../../src/main.ts";
import type { Surroundings } from "../../src/terminal/terminal.ts";

/** What a run of the command line said. */
export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs a command in this process, as a pipe would have it: no terminal on any side. */
export async function runCli(
  args: readonly string[],
  around: { cwd: string; stdin?: string; env?: Record<string, string>; isTTY?: boolean },
): Promise<Ran> {
  const said = { out: "", err: "" };
  const into = (side: "out" | "err"): Writable =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        said[side] += chunk.toString();
        done();
      },
    });
  const isTTY = around.isTTY === true;
  const surroundings: Surroundings = {
    stdin: Readable.from(around.stdin === undefined ? [] : [Buffer.from(around.stdin)]),
    stdout: Object.assign(into("out"), { isTTY, columns: 100 }),
    stderr: Object.assign(into("err"), { isTTY }),
    env: around.env ?? {},
    cwd: around.cwd,
  };
  const code = await main(args, surroundings);
  return { code, ...said };
}
