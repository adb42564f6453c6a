import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../../infra/local/paths";
import { Declarations, outputsIn } from "../../../infra/local/providers/azure-native/shapes/declarations";
import { generatedShapes } from "../../../infra/local/providers/azure-native/shapes/generated-text";

const sdk = dirname(require.resolve("@pulumi/azure-native/package.json"));
const shapesFolder = join(projectRoot(), "infra", "local", "providers", "azure-native", "shapes");

describe("the shapes of the SDK's classes", () => {
  it("are those of the SDK that is installed", () => {
    const written = readFileSync(join(shapesFolder, "shapes.generated.ts"), "utf8");
    expect(generatedShapes((path) => readFileSync(join(sdk, path), "utf8"))).toBe(written);
  });

  it("are read from declarations of every form", () => {
    const types = new Declarations(`export declare namespace zoo {
    interface CageArgs {
        /** What it is; "quoted". */
        inner?: pulumi.Input<inputs.zoo.CageArgs | undefined>;
        locks: pulumi.Input<pulumi.Input<string>[]>;
        size?: pulumi.Input<number | undefined>;
    }
}
`);
    const file = `export declare class Zoo extends pulumi.CustomResource {
    readonly cages: pulumi.Output<outputs.zoo.CageResponse[]>;
}
export interface ZooArgs {
    cages: pulumi.Input<pulumi.Input<inputs.zoo.CageArgs>[]>;
    kind?: pulumi.Input<string | enums.zoo.Kind | undefined>;
    open: pulumi.Input<boolean>;
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
    visitors?: pulumi.Input<inputs.zoo.AdultArgs | inputs.zoo.ChildArgs | undefined>;
}
`;
    const cage = { "inner?": "any", locks: ["string"], "size?": "number" };
    expect(types.argumentsIn(file, "ZooArgs")).toEqual({
      cages: [cage],
      "kind?": "string",
      open: "boolean",
      "tags?": { "*": "string" },
      "visitors?": "any",
    });
    expect(outputsIn(file)).toEqual(["cages"]);
    expect(() => types.argumentsIn(file, "ParkArgs")).toThrow(/declares no ParkArgs/);
  });
});
