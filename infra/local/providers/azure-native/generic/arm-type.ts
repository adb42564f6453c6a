import { type Properties, resourceType, suffixed } from "../../../../../components/plugin/serve";
import type { Azure } from "../azure";
import { plainProperties } from "../plain";
import type { ResourceShape } from "../shapes/shape";
import { shapes } from "../shapes/shapes.generated";
import type { ArmTypeDescription } from "./description";
import { ArmDriver } from "./driver";
import { placesOf } from "./path";
import { bareName, inputSchema } from "./schema";

/** A resource type of azure-native, driven by its description and the shape of the SDK's class. */
export function armType(description: ArmTypeDescription) {
  const shape = shapeOf(description.token);
  const names = Object.keys(shape.inputs).map(bareName);
  const places = placesOf(description);
  const located = names.includes("location") ? ["location"] : [];
  // Some types take their own name and type once more, which the service tells whether declared or not.
  const repeated = ["name", "type"].filter((name) => names.includes(name) && !places.includes(name));
  const driver = new ArmDriver(description, shape);
  const { autoname } = description;
  return resourceType({
    token: description.token,
    description: description.description,
    inputs: inputSchema(description, shape),
    ...(autoname === undefined ? {} : { autoname: suffixed(autoname.property, autoname.longest) }),
    computed: shape.outputs,
    // State keeps what the service says and nothing that was merely asked for: drift is measured by it.
    hidden: names,
    serverChosen: [...located, ...repeated],
    replaceOn: [...places, ...located, ...(description.replaceOn ?? [])],
    deleteBeforeReplace: true,
    caseInsensitive: [...places, ...located],
    timeouts: { create: 60, update: 60, delete: 60 },
    preview: (declared) => shownAtPreview(shape, declared),
    create: (azure: Azure, inputs, operation) => driver.create(azure, plainProperties(inputs), operation),
    read: (azure, operation) => driver.read(azure, operation),
    update: (azure, inputs, operation) => driver.update(azure, plainProperties(inputs), operation),
    delete: (azure, operation) => driver.delete(azure, operation),
  });
}

/** Thrown for a description whose type is not among the generated shapes. */
class ShapeMissingError extends Error {
  override readonly name = "ShapeMissingError";
}

function shapeOf(token: string): ResourceShape {
  const shape = shapes[token];
  if (shape !== undefined) return shape;
  throw new ShapeMissingError(`The shape of ${token} is not generated: name it in shapes/tokens.ts.`);
}

/** Outputs that repeat an input; an identity comes back with more than was declared, a name as the service writes it. */
function shownAtPreview(shape: ResourceShape, declared: Properties): Properties {
  const shown = Object.entries(declared).filter(
    ([name]) => shape.outputs.includes(name) && name !== "identity",
  );
  return Object.fromEntries(shown);
}
