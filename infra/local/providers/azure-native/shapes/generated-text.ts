import { Declarations, outputsIn } from "./declarations";
import type { ResourceShape } from "./shape";
import { generatedTypes } from "./tokens";

const HEAD = `/** Written by generate.ts from the SDK's own declarations. */
import type { ResourceShape } from "./shape";

/** What the SDK's class of each type takes and tells, by token. */
export const shapes: Readonly<Record<string, ResourceShape>> = {
`;

/** The text of shapes.generated.ts; `read` gives a file of the SDK's package. */
export function generatedShapes(read: (path: string) => string): string {
  const declarations = new Declarations(read("types/input.d.ts"));
  const entries = Object.entries(generatedTypes).flatMap(([module, titles]) =>
    titles.map((title) => {
      const file = read(`${module}/${title.charAt(0).toLowerCase()}${title.slice(1)}.d.ts`);
      const inputs = declarations.argumentsIn(file, `${title}Args`);
      return entry(`azure-native:${module}:${title}`, { inputs, outputs: outputsIn(file) });
    }),
  );
  return `${HEAD}${entries.join("")}};\n`;
}

/** A line for each input, so that a newer SDK shows as a readable difference. */
function entry(token: string, { inputs, outputs }: ResourceShape): string {
  const lines = Object.entries(inputs).map(
    ([name, shape]) => `      ${JSON.stringify(name)}: ${JSON.stringify(shape)},\n`,
  );
  return `  ${JSON.stringify(token)}: {\n    inputs: {\n${lines.join("")}    },\n    outputs: ${JSON.stringify(outputs)},\n  },\n`;
}
