import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineProject } from "vitest/config";

/** What wrangler's Text rule does in a build. */
const tagAsText = {
  name: "tag-as-text",
  enforce: "pre" as const,
  load(id: string) {
    return /\/dist\/murmur(-debug)?\.js$/.test(id)
      ? `export default ${JSON.stringify(readFileSync(id, "utf8"))};`
      : undefined;
  },
};

// Inside workerd, with real Durable Objects, SQLite and alarms.
export default defineProject({
  resolve: {
    // As wrangler.toml has them.
    alias: {
      "@murmur/core": fileURLToPath(new URL("../packages/core/src/index.ts", import.meta.url)),
      "murmur.config": fileURLToPath(new URL("../murmur.config.ts", import.meta.url)),
    },
  },
  plugins: [
    tagAsText,
    cloudflareTest({
      wrangler: { configPath: "../wrangler.toml" },
      miniflare: {
        bindings: {
          ALLOWED_ORIGINS: "https://shop.example",
          TOKEN_SECRET: "a-secret-of-the-tests-of-32-bytes-or-more",
          MURMUR_DEV: "1",
        },
      },
    }),
  ],
  test: { name: "worker", include: ["test/**/*.test.ts"] },
});
