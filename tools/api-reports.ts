import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PUBLISHED } from "./published.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * What users of the packages may rely on: each entry's types as the build has made them, without comments, by the report's
 * path. Kept in the repository, so that a change to it is seen where changes are looked at.
 */
export function apiReports(): ReadonlyMap<string, string> {
  return new Map(
    PUBLISHED.flatMap(({ folder, manifest }) =>
      Object.entries(manifest.exports).flatMap(([entry, { types } = {}]) => {
        if (types === undefined) return [];
        const name = manifest.name + entry.slice(1);
        const file = `etc/${name.replace("@", "").replaceAll("/", "-")}.api.md`;
        const code = withoutComments(readFileSync(`${ROOT}${folder}/${types}`, "utf8"));
        return [[file, `# ${name}\n\n\`\`\`ts\n${code.trim()}\n\`\`\`\n`] as const];
      }),
    ),
  );
}

/** Texts stay whole: a `/*` in one begins no comment. */
function withoutComments(code: string): string {
  return code
    .replace(/("(?:[^"\\]|\\.)*")|\/\*[\s\S]*?\*\/|\/\/.*$/gm, (_, text: string | undefined) => text ?? "")
    .replace(/^\s*\n/gm, "");
}
