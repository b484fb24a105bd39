import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { main } from "../src/main.ts";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();
const [DOWN, ENTER, CONTROL_C] = ["\u001B[B", "\r", "\u0003"];
const [TEMPLATE, LANGUAGE] = ["What do you want to begin with?", "How do you want to write it?"];

/** Somebody at a terminal, who answers each question as it comes by pressing keys. */
async function answering(args: readonly string[], keys: Readonly<Record<string, readonly string[]>>) {
  let shown = "";
  const asked: string[] = [];
  const raw: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (isRaw: boolean) => void raw.push(isRaw),
  });
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      shown += stripVTControlCharacters(chunk.toString());
      const question = Object.keys(keys).find((each) => shown.includes(each) && !asked.includes(each));
      if (question !== undefined) {
        asked.push(question);
        // A key at a time, once the question stands there whole.
        for (const key of keys[question]!) setImmediate(() => stdin.write(key));
      }
      done();
    },
  });
  const code = await main(args, {
    stdin,
    stdout: Object.assign(stdout, { isTTY: true, columns: 100, rows: 40 }),
    stderr: new PassThrough(),
    env: { TERM: "xterm" },
    cwd: folder.path,
  });
  return { code, shown, asked, raw };
}

test("init asks where somebody is there to answer, shows what there is, and takes what is chosen", async () => {
  const { code, shown, asked, raw } = await answering(["init", "chosen"], {
    [TEMPLATE]: [DOWN, ENTER],
    [LANGUAGE]: [DOWN, DOWN, ENTER],
  });
  expect([code, asked]).toEqual([0, [TEMPLATE, LANGUAGE]]);
  expect(shown).toContain("YAML, completed by the editor from its schema");
  expect(shown).toContain("murmur check chosen/murmur.config.yaml");
  expect(readdirSync(join(folder.path, "chosen")).sort()).toEqual([
    "murmur.config.yaml",
    "murmur.schema.json",
    "package.json",
    "sample.csv",
  ]);
  // The terminal is given back as it was.
  expect(raw.at(-1)).toBe(false);
});

test("what a flag says is not asked; Enter takes what stands first", async () => {
  const { code, asked, shown } = await answering(["init", "flagged", "--template", "small"], {
    [TEMPLATE]: [ENTER],
    [LANGUAGE]: [ENTER],
  });
  expect([code, asked]).toEqual([0, [LANGUAGE]]);
  expect(shown).not.toContain(TEMPLATE);
  expect(existsSync(join(folder.path, "flagged/murmur.config.ts"))).toBe(true);
});

test.each([
  ["first", { [TEMPLATE]: [CONTROL_C] }],
  ["second", { [TEMPLATE]: [ENTER], [LANGUAGE]: [CONTROL_C] }],
])(
  "who leaves at the %s question has nothing written, and is told by the exit code",
  async (_which, keys) => {
    const { code, raw } = await answering(["init", "left"], keys);
    expect(code).toBe(2);
    expect(existsSync(join(folder.path, "left"))).toBe(false);
    expect(raw.at(-1)).toBe(false);
  },
);
