import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

const BACKEND = process.env["ENDUSE_BACKEND"] ?? "http://127.0.0.1:8765";
const TOKEN = process.env["ENDUSE_TOKEN"] ?? "dev";

// The build is committed so that `pip install` from source works without Node: the same sources must give the same bytes.
// So no hash stands in a file name; the server sends `no-cache` with an ETag instead.
export default defineConfig({
  base: "/assets/",
  plugins: [svelte()],
  build: {
    outDir: fileURLToPath(new URL("../src/enduse/web/static", import.meta.url)),
    emptyOutDir: true,
    assetsDir: "",
    target: "es2022",
    sourcemap: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    rollupOptions: {
      output: {
        entryFileNames: "app.js",
        chunkFileNames: "[name].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
  server: {
    port: 5173,
    strictPort: true,
    host: "127.0.0.1",
    // `enduse serve --port 8765 --token dev` beside `npm run dev`.
    proxy: { "/api": { target: BACKEND, changeOrigin: true, headers: { Authorization: `Bearer ${TOKEN}`, Origin: BACKEND } } },
  },
  test: { environment: "node", include: ["src/**/*.test.ts", "tests/**/*.test.ts"] },
});
