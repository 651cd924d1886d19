import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// Everything is a file of its own under /ui/: the page's Content-Security-Policy allows nothing inline.
export default defineConfig({
  base: "/ui/",
  plugins: [svelte()],
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2023",
    reportCompressedSize: false,
    // What the page is made of, with the licences that ask to go with it: a release reads it.
    license: { fileName: "libraries.json" },
    rolldownOptions: { input: ["index.html", "operator.html"] },
  },
});
