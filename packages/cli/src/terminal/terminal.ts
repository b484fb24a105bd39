import type { Readable, Writable } from "node:stream";
import pc from "picocolors";

type Colors = ReturnType<typeof pc.createColors>;

/** What a run has around it: the process, or a test. */
export interface Surroundings {
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable & { isTTY?: boolean; columns?: number };
  stderr: Writable & { isTTY?: boolean };
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
}

/** Where a command says what it found (stdout), and how it goes (stderr). */
export class Terminal {
  readonly around: Surroundings;
  /** Whether answers are JSON, for scripts. */
  readonly json: boolean;
  /** Of stdout, where it can show them and nobody refused (https://no-color.org). */
  readonly colors: Colors;

  constructor(around: Surroundings, json: boolean) {
    this.around = around;
    this.json = json;
    this.colors = pc.createColors(!json && hasColors(around));
  }

  /** Whether somebody watches how it goes, so that a line may be written over. */
  get isWatched(): boolean {
    return this.around.stderr.isTTY === true && this.around.env["TERM"] !== "dumb";
  }

  /** Columns that a line has room for. */
  get width(): number {
    return this.around.stdout.columns ?? 100;
  }

  /** A line of the answer. */
  say(line = ""): void {
    this.around.stdout.write(`${line}\n`);
  }

  /** The whole answer, where it is JSON. */
  answer(value: unknown): void {
    this.around.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** A line about how it goes: not part of the answer. */
  note(line: string): void {
    this.around.stderr.write(`${line}\n`);
  }
}

function hasColors({ stdout, env }: Surroundings): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"] !== undefined) return env["FORCE_COLOR"] !== "0";
  return stdout.isTTY === true && env["TERM"] !== "dumb";
}
