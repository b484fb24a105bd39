#!/usr/bin/env node
import * as nodeModule from "node:module";

// What Node compiles is kept for the next run, where it can do that (22.8 and later): a third of a check's time.
nodeModule.enableCompileCache?.();
const { main } = await import("./main.ts");

// Who reads no further, as head does, has all that they wanted: what is being done goes on, a push too, and its code counts.
for (const side of [process.stdout, process.stderr])
  side.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

const { stdin, stdout, stderr, env } = process;
process.exitCode = await main(process.argv.slice(2), { stdin, stdout, stderr, env, cwd: process.cwd() });
