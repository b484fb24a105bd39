import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What the browser gets: one script and one style sheet, which the worker serves as files beside the pages. */
export default defineConfig({
  root: file("."),
  resolve: { conditions: ["murmur-source", "browser", "module", "import", "default"] },
  build: {
    // React as it is for development, which the tests run, is larger.
    chunkSizeWarningLimit: 1_500,
    outDir: "dist/files",
    assetsDir: "assets",
    rollupOptions: {
      input: { shop: file("src/browser.tsx"), style: file("src/style.css") },
      // The server names them in its pages.
      output: { entryFileNames: "assets/[name].js", assetFileNames: "assets/[name].[ext]" },
    },
  },
});
