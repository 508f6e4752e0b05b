import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";

export default {
  preprocess: vitePreprocess(),
  // Styles go to the one style sheet: the page's policy allows no <style> element.
  compilerOptions: { runes: true, css: "external" },
};
