import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { fileURLToPath } from "node:url";
import { defineProject } from "vitest/config";

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
