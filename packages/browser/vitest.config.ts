import { playwright } from "@vitest/browser-playwright";
import { defineProject } from "vitest/config";
import { CHROMIUM_FLAGS, chromiumPath } from "../../tools/chromium.mjs";

// In real Chromium, with real IndexedDB: nothing here is simulated that a shopper's browser would do itself.
export default defineProject(async () => {
  const executablePath = await chromiumPath();
  if (!executablePath)
    throw new Error("the browser tests need Chromium: run `npm test`, or set CHROMIUM_PATH");
  return {
    resolve: { conditions: ["murmur-source", "browser", "module", "import", "default"] },
    test: {
      name: "browser",
      include: ["test/**/*.test.ts"],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: { executablePath, args: CHROMIUM_FLAGS } }),
        instances: [{ browser: "chromium" as const }],
      },
    },
  };
});
