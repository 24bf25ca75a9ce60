import { defineConfig } from "vite";

// Nothing of the console is built here. A strict Content-Security-Policy holds: no script and no style in the page itself.
export default defineConfig({ build: { target: "es2022", modulePreload: { polyfill: false } } });
