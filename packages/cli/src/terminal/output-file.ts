import { accessSync, constants, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { UsageError } from "./usage-error.ts";

/**
 * The whole path of a file that is written at the end: that it cannot be is said before a long run, not after it.
 *
 * @throws UsageError, or what the file system says
 */
export function outputFile(cwd: string, file: string): string {
  const path = resolve(cwd, file);
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory()) throw new UsageError(`${path} is a folder: name a file in it`);
  accessSync(there ? path : dirname(path), constants.W_OK);
  return path;
}
