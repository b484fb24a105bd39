import { playwright } from "@vitest/browser-playwright";
import { fileURLToPath } from "node:url";
import { defineProject, type UserWorkspaceConfig } from "vitest/config";
import { CHROMIUM_FLAGS, chromiumPath } from "../../tools/chromium.mjs";

declare module "vitest" {
  interface ProvidedContext {
    reactMajor: number;
  }
}

const MODULES = [
  "react",
  "react/jsx-runtime",
  "react/jsx-dev-runtime",
  "react-dom",
  "react-dom/client",
  "react-dom/server",
];

/** The tests in real Chromium, with the React of a major version that lies in a folder. */
export function reactProject(major: number, folder: string): () => Promise<UserWorkspaceConfig> {
  const react = (module: string): string => fileURLToPath(new URL(`${folder}/${module}`, import.meta.url));
  const name = `react-${major}`;
  return async () => {
    const executablePath = await chromiumPath();
    if (!executablePath)
      throw new Error("the browser tests need Chromium: run `npm test`, or set CHROMIUM_PATH");
    return defineProject({
      cacheDir: fileURLToPath(new URL(`../../node_modules/.vite/${name}`, import.meta.url)),
      resolve: {
        conditions: ["murmur-source", "browser", "module", "import", "default"],
        alias: [{ find: /^(react|react-dom)(?=$|\/)/, replacement: react("$1") }],
      },
      optimizeDeps: { include: MODULES },
      test: {
        name,
        include: ["test/**/*.test.tsx"],
        provide: { reactMajor: major },
        // Two cores may have others to serve as well.
        expect: { poll: { timeout: 10_000 } },
        browser: {
          enabled: true,
          headless: true,
          screenshotFailures: false,
          provider: playwright({ launchOptions: { executablePath, args: CHROMIUM_FLAGS } }),
          instances: [{ browser: "chromium" as const }],
        },
      },
    });
  };
}
