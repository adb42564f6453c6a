/** Runs the official installer, which the Pulumi SDK brings: `main.ts <root folder>`. Its version is the SDK's. */
import { PulumiCommand } from "@pulumi/pulumi/automation";

const [root = ""] = process.argv.slice(2);

PulumiCommand.install({ root }).then(
  () => process.exit(0),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
