// The JavaScript half of the program without what the program no longer takes or has, and with the short names of its imports.
//
// Usage: node glue.mjs GLUE OUTPUT FACTS, where FACTS is a JSON file:
// {"module": what the program calls the glue, "as": its short name, "short": {"name": "a", …}, "dropped": ["export", …]}.
// It reads the syntax tree, not the text: what it does not find where it is expected is an error, never a silent change.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../../tests/e2e/package.json", import.meta.url));
const { parse } = require("acorn");
const { full, simple } = require("acorn-walk");

const [, , input, output, facts] = process.argv;
const source = readFileSync(input, "utf8");
const { module, as, short, dropped } = JSON.parse(readFileSync(facts, "utf8"));
const program = parse(source, { ecmaVersion: "latest", sourceType: "module" });
// Changes to the text: from, to, and what comes instead.
const edits = [];
const cut = (node, text = "") => edits.push([node.start, node.end, text]);
// A property goes with the comma after it.
const cutProperty = (node) => edits.push([node.start, source[node.end] === "," ? node.end + 1 : node.end, ""]);

const declared = (statement) => {
  const it = statement.declaration ?? statement;
  if (it.type === "VariableDeclaration") return it.declarations.map((one) => one.id.name);
  return it.id ? [it.id.name] : [];
};
const mentions = (statement, names, exports) => {
  let found = false;
  full(statement, (node) => {
    if (node.type === "Identifier" && names.has(node.name)) found = true;
    if (node.type === "MemberExpression" && node.object.name === "wasm" && exports.has(node.property.name)) found = true;
  });
  return found;
};

// Classes whose exports were dropped, and the statements that speak of such a class.
const exports = new Set(dropped);
const gone = new Set();
const imports = program.body.find((it) => declared(it).includes("__wbg_get_imports"));
let candidates = program.body.filter((it) => it !== imports && it.type !== "ExportNamedDeclaration" || it.declaration);
for (let before = -1; before !== gone.size; ) {
  before = gone.size;
  candidates = candidates.filter((statement) => {
    if (!mentions(statement, gone, exports)) return true;
    declared(statement).forEach((name) => gone.add(name));
    cut(statement);
    return false;
  });
}

// Pages with `require-trusted-types-for 'script'` take these from a policy alone: the static HTML that the compiler wrote into the program,
// the address of the worker that lies beside it, and the page of a frame without rights (src/web/part/output/sandbox.rs). No other text of
// a person or a server gets there.
const TRUSTED = "{ createHTML: (it) => it, createScriptURL: (it) => it }";
const wrap = ({ start, end }, make) => edits.push([start, start, `trusted.${make}(`], [end, end, ")"]);
const trust = (property) => simple(property, {
  AssignmentExpression({ left, right }) {
    if (["innerHTML", "srcdoc"].includes(left.property?.name)) wrap(right, "createHTML");
  },
  NewExpression({ callee, arguments: [address] }) {
    if (callee.name === "Worker") wrap(address, "createScriptURL");
  },
});

// The object with the program's imports: what it no longer takes goes, the rest gets its short name.
const left = new Set(Object.keys(short));
let modules = 0;
simple(imports, {
  ObjectExpression(object) {
    // A module is listed once for each function that is imported from it.
    const listed = new Set();
    for (const property of object.properties) {
      const name = property.key?.name ?? property.key?.value;
      const again = listed.has(name);
      listed.add(name);
      if (again) {
        cutProperty(property);
      } else if (name === module) {
        cut(property.key, JSON.stringify(as));
        modules++;
      } else if (Object.hasOwn(short, name)) {
        cut(property.key, short[name]);
        left.delete(name);
        trust(property);
      } else if (/^__wb(g|indgen)_/.test(name)) {
        cutProperty(property);
      }
    }
  },
});
if (modules !== 1) throw new Error(`${input}: ${modules} objects of imports for ${module}, not one.`);
// `initSync` of a program that runs gives its exports, which is all that the module with the parts asks for.
const listed = program.body.filter((it) => it.type === "ExportNamedDeclaration" && !it.declaration);
if (listed.length !== 1) throw new Error(`${input}: ${listed.length} lists of exports, not one.`);
cut(listed[0], "const running = () => wasm;\nexport { running as initSync, __wbg_init as default };");
// Functions that are not written in the object are assigned or spread: then the name is still there and this script has to learn it.
if (left.size) throw new Error(`${input}: the program takes ${[...left].join(", ")}, which the glue does not offer.`);

edits.push([0, 0, `const trusted = globalThis.trustedTypes?.createPolicy("livy-console", ${TRUSTED}) ?? ${TRUSTED};\n`]);
let text = source;
for (const [from, to, instead] of edits.sort((a, b) => b[0] - a[0])) text = text.slice(0, from) + instead + text.slice(to);
parse(text, { ecmaVersion: "latest", sourceType: "module" });
const untrusted = text.match(/(innerHTML|outerHTML|srcdoc) = (?!trusted\.)|new Worker\((?!trusted\.)|insertAdjacentHTML|document\.write/g);
if (untrusted) throw new Error(`${input}: ${untrusted.join(", ")} is not behind the policy for Trusted Types.`);
writeFileSync(output, text);
