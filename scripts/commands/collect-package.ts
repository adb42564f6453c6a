import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "@commander-js/extra-typings";
import { buildCollectorPackage } from "../../components/collector/package";
import { UserError } from "../lib/errors";
import { printResult } from "../lib/output";

const examples = `
Examples:
  npm run -s cli -- collect package                      into collector.zip
  npm run -s cli -- collect package --out build/app.zip

For a stack with collector.codePush: external. Whoever is inside its network then pushes the file to each function app:
  az functionapp deployment source config-zip --resource-group <group> --name <app> --src collector.zip
The same sources give the same file. The names are in the stack's output collector.
`;

/** The file that was written. */
interface WrittenPackage {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** `collect package`: the function app's code as one file, for who pushes it himself. */
export function register(collect: Command): void {
  collect
    .command("package")
    .description("write the function app's package, for who pushes the code himself")
    .option("--out <file>", "where to write it", "collector.zip")
    .option("--json", "print file, hash and size as JSON")
    .addHelpText("after", examples)
    // The options of collect are of no use here.
    .configureHelp({ showGlobalOptions: false })
    .action(async (_, command) => {
      const { out, json } = command.optsWithGlobals();
      printResult(await writePackage(out), { json, text: packageText });
    });
}

async function writePackage(out: string): Promise<WrittenPackage> {
  const { zip, sha256 } = await buildCollectorPackage();
  const file = resolve(out);
  try {
    writeFileSync(file, zip);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${file} can't be written: ${reason}.`, { next: "Give another file with --out." });
  }
  return { file, sha256, bytes: zip.length };
}

function packageText({ file, sha256, bytes }: WrittenPackage): string {
  return `${file}  ${(bytes / 1024 / 1024).toFixed(1)} MB\nSHA-256 ${sha256}`;
}
