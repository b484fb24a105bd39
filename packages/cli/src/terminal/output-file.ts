import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { UsageError } from "./usage-error.ts";

/**
 * The whole path of a file that is written: that it cannot be is said before a long run, not after it, as is that it is one
 * of those that are read.
 *
 * @throws UsageError, or what the file system says
 */
export function outputFile(cwd: string, file: string, read: readonly string[]): string {
  const path = resolve(cwd, file);
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory()) throw new UsageError(`${path} is a folder: name a file in it`);
  const isRead = read.some((each) => isSame(resolve(cwd, each), path));
  if (isRead) throw new UsageError(`${path} is read: what is written needs another name`);
  accessSync(there ? path : dirname(path), constants.W_OK);
  return path;
}

function isSame(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return false;
  }
}
