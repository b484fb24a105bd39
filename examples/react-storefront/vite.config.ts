import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** What the browser gets: one script and one style sheet, which the worker serves as files beside the pages. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  resolve: { conditions: ["murmur-source", "browser", "module", "import", "default"] },
  build: {
    // React as it is for development, which the tests run, is larger.
    chunkSizeWarningLimit: 1_500,
    outDir: "dist/files",
    assetsDir: "assets",
    rollupOptions: {
      input: fileURLToPath(new URL("src/browser.tsx", import.meta.url)),
      // The server names them in its pages.
      output: { entryFileNames: "assets/shop.js", assetFileNames: "assets/shop.[ext]" },
    },
  },
});
