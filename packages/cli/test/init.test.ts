import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli, type Ran } from "./kit/run-cli.ts";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();
const run = (args: string[]): Promise<Ran> => runCli(args, { cwd: folder.path });

describe("init", () => {
  test.each(["ts", "json", "yaml"])(
    "in %s: a project that checks and runs, with the same hash",
    async (language) => {
      const { code } = await run(["init", `shop-${language}`, "--yes", "--language", language]);
      expect(code).toBe(0);
      const cwd = join(folder.path, `shop-${language}`);
      const checked = JSON.parse((await runCli(["check", "--json"], { cwd })).out) as {
        hash: string;
        findings: unknown[];
      };
      expect(checked).toMatchObject({ hash: "092f9e05f34f417f", findings: [] });
      const ran = await runCli(["backtest", `murmur.config.${language}`, "sample.csv"], { cwd });
      expect(ran.code).toBe(0);
      expect(readdirSync(cwd)).toContain("murmur-backtest.html");
    },
  );

  test("says what to do next in words that a shell takes as they stand", async () => {
    const { out } = await run(["init", "my shop", "--template", "small"]);
    const config = join("my shop", "murmur.config.ts");
    expect(out).toContain(`  npx murmur backtest "${config}" "${join("my shop", "sample.csv")}"  what would`);
  });

  test("writes over nothing that is there, unless it is told to", async () => {
    await run(["init", "once", "--template", "small"]);
    const twice = await run(["init", "once", "--template", "small"]);
    expect(twice).toMatchObject({ code: 2, err: expect.stringContaining("is there already") });
    expect((await run(["init", "once", "--template", "small", "--force"])).code).toBe(0);
    expect(existsSync(join(folder.path, "once/murmur.config.ts"))).toBe(true);
    const onFile = await run(["init", folder.write("old.json", "{}"), "--yes"]);
    expect(onFile).toMatchObject({ code: 2, err: expect.stringContaining("old.json: file already exists") });
  });
});
