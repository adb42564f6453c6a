/** The program of a judged project: makes what resources.json says. Plain JavaScript, so that it starts fast. */
export const program = `
const pulumi = require("@pulumi/pulumi");
const { readFileSync } = require("node:fs");

class Component extends pulumi.ComponentResource {
  constructor({ type, name, properties }, opts) {
    super(type, name, {}, opts);
    this.registerOutputs(properties);
  }
}

class Thing extends pulumi.CustomResource {
  constructor({ type, name, properties }, opts) {
    super(type, name, properties, opts);
  }
}

const made = new Map();

function resolved(value) {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== "object" || value === null) return value;
  if (typeof value.output === "string") {
    const [name, property] = value.output.split(".");
    return made.get(name)[property];
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner)]));
}

for (const declared of JSON.parse(readFileSync("resources.json", "utf8"))) {
  const parent = declared.parent && { parent: made.get(declared.parent) };
  const spec = { ...declared, properties: resolved(declared.properties) };
  const isComponent = declared.type.startsWith("entra-connectors:");
  const thing = isComponent ? new Component(spec, parent) : new Thing(spec, { ...parent, version: "1.0.0" });
  made.set(declared.name, thing);
}
`;
