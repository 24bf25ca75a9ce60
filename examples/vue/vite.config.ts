import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

// The template compiler has to know that the tag is an element of the browser's.
const isCustomElement = (tag: string) => tag === "livy-console";

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement } } })],
  build: { target: "es2022", modulePreload: { polyfill: false } },
});
