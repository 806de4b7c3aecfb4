/* Reads {"cases": [...]} on standard input, evaluates each tree with the browser's twin, writes the values.

   A case: {tree, kind, values, own, attributes, now, offset, language, labels, version, document, at}; a document
   is [name, text, [children]], "at" a list of child indexes. A value that JSON lacks is {"number": "NaN"}. */
"use strict";

for (const name of ["expressions", "expression-functions", "expression-extras"]) {
  require(`../../consult/ui/static/js/${name}.js`);
}
const { evaluate, truth, number, text } = globalThis.consultExpressions;

const built = ([name, content, children], parent) => {
  const node = { name, text: content, parent, children: [] };
  node.children = children.map((child) => built(child, node));
  return node;
};

const placeOf = (node) => (node.parent ? `${placeOf(node.parent)}/*[${node.parent.children.indexOf(node)}]` : "");

const shown = (value) => {
  if (Array.isArray(value)) return { nodes: value.map((node) => placeOf(node) || "/") };
  return typeof value === "number" && !Number.isFinite(value) ? { number: String(value) } : value;
};

const converted = { bool: truth, num: number, rounded: number, nodes: (value) => value, unodes: (value) => value };

const run = (given) => {
  const document = given.document && built(given.document, null);
  const node = document && given.at.reduce((from, index) => from.children[index], document);
  const context = {
    value: (key) => given.values?.[key] ?? "",
    own: node ? [node] : given.own ?? "",
    attributes: given.attributes ?? {},
    now: given.now,
    offset: () => given.offset,
    language: given.language ?? "en",
    label: (key, code) => given.labels?.[key]?.[code] ?? code,
    version: given.version,
    node,
  };
  const value = evaluate(given.tree, context);
  return shown(given.kind === undefined ? value : (converted[given.kind] ?? text)(value));
};

const main = (source) => JSON.stringify(JSON.parse(source).cases.map((given) => {
  try {
    return { value: run(given) };
  } catch (problem) {
    return { error: String(problem) };
  }
}));

let source = "";
process.stdin.on("data", (chunk) => { source += chunk; });
process.stdin.on("end", () => process.stdout.write(main(source)));
