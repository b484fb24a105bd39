import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";

/** A folder that is there for the tests of a file. */
export interface Folder {
  path: string;
  /** Writes a file in it; its whole path. */
  write(name: string, text: string | Buffer): string;
}

export function useFolder(): Folder {
  const folder: Folder = {
    path: "",
    write(name, text) {
      const file = join(folder.path, name);
      writeFileSync(file, text);
      return file;
    },
  };
  beforeAll(() => {
    folder.path = mkdtempSync(join(tmpdir(), "murmur-cli-"));
  });
  afterAll(() => rmSync(folder.path, { recursive: true, force: true }));
  return folder;
}
