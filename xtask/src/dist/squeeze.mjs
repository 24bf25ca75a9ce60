// Makes modules of the program small, one after the other: Binaryen is started once for all of them, which takes longer than most of them do.
//
// Usage: node squeeze.mjs HOW FROM TO NAMES [FROM TO NAMES]..., where HOW is JSON:
// {"level": 2, "shrink": 1, "rounds": 2, "skip": ["pass", …], "features": ["SIMD128", …]}.
// NAMES gets the names of the functions, as wasm-opt's --symbolmap writes them.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../../../tests/e2e/package.json", import.meta.url));
const { default: binaryen } = await import(pathToFileURL(require.resolve("binaryen")));

const [, , how, ...files] = process.argv;
const { level, shrink, rounds, skip, features } = JSON.parse(how);
binaryen.setOptimizeLevel(level);
binaryen.setShrinkLevel(shrink);
binaryen.setLowMemoryUnused(true);
binaryen.setOptimizeStackIR(true);
for (const pass of skip) binaryen.addPassToSkip(pass);
const known = features.reduce((all, name) => {
  if (!(name in binaryen.Features)) throw new Error(`Binaryen does not know the feature ${name}.`);
  return all | binaryen.Features[name];
}, 0);

for (let at = 0; at < files.length; at += 3) {
  const [from, to, names] = files.slice(at);
  const module = binaryen.readBinary(readFileSync(from));
  module.setFeatures(known);
  for (let round = 0; round < rounds; round++) module.optimize();
  const functions = Array.from({ length: module.getNumFunctions() }, (_, at) => binaryen.getFunctionInfo(module.getFunctionByIndex(at)));
  // What is imported has the first numbers.
  const ordered = [...functions.filter((it) => it.module), ...functions.filter((it) => !it.module)];
  writeFileSync(names, ordered.map((it, at) => `${at}:${it.name}\n`).join(""));
  module.runPasses(["strip-debug", "strip-producers", "strip-target-features"]);
  writeFileSync(to, module.emitBinary());
  module.dispose();
}
