import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../../packages/cli/test/kit/run-cli.ts";
import { ROOT } from "./pages.ts";

/** How long something took is another figure each time. */
const TIMES = /, in [\d.]+ m?s \([^)]*\)/g;

/** What stands behind a definition's name in the pages: what of \`murmur init\`'s has been changed in it. */
const CHANGED: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  "wrong.ts": [
    ['within("7d")', 'within("7 days")'],
    ['segment("cart-abandoner")', 'segment("cart-abandonner")'],
  ],
  "wider.ts": [['within("7d")', 'within("14d")']],
};

/** Makes what the pages' commands are run on: what \`murmur init shop\` makes, and other definitions beside it. */
export async function makeShop(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  await runCli(["init", "shop", "--yes"], { cwd: folder });
  const shop = join(folder, "shop");
  const module = readFileSync(join(shop, "murmur.config.ts"), "utf8");
  for (const [name, changes] of Object.entries(CHANGED))
    writeFileSync(
      join(shop, name),
      changes.reduce((text, [from, to]) => text.replace(from, to), module),
    );
  cpSync(join(ROOT, "murmur.config.ts"), join(shop, "tarnfell.ts"));
}

/** What a command says, without what is another figure each time. */
export async function printed(command: readonly string[], cwd: string): Promise<string> {
  const { out, err } = await runCli(command, { cwd });
  return withoutTimes(out + err).replaceAll(`${cwd}/`, "");
}

export function withoutTimes(text: string): string {
  return text.replaceAll(TIMES, "").trimEnd();
}
