import { z } from "zod";
import { type ExistingOperation, type Operation, type Reading, resourceType } from "../serve";
import { PackageChangedError } from "./errors";
import { publish } from "./publish";
import type { Deployment } from "./scm-client";
import type { SiteSession } from "./site-session";

const functionPackageInputs = z.strictObject({
  scmHost: z
    .string()
    .regex(/^[a-zA-Z0-9.-]+(?::\d+)?$/, "must be a host name, without scheme and path")
    .describe("Host of the app's deployment site: the Repository entry of its hostNameSslStates."),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hexadecimal digits")
    .describe("Hash of the package; another one pushes the package anew."),
  siteId: z
    .string()
    .regex(/\/providers\/Microsoft\.Web\/sites\/[^/]+$/i, "must be the ARM id of a web app")
    .describe("ARM id of the function app."),
  restart: z
    .string()
    .optional()
    .describe("Any text; another one pushes the package again: the app restarts."),
});

type FunctionPackageInputs = z.infer<typeof functionPackageInputs>;

/** The code of a function app on a Flex Consumption plan, built from the sources beside the plugin. */
export const functionPackage = resourceType({
  token: "entra-connectors:index:FunctionPackage",
  description: "The code of a function app on a Flex Consumption plan.",
  inputs: functionPackageInputs,
  computed: ["deploymentId"],
  recomputed: ["deploymentId"],
  writeOnly: ["restart", "scmHost"],
  replaceOn: ["siteId"],
  caseInsensitive: ["siteId"],
  notImportable:
    "A package can't be imported: nothing tells what an app runs. Declare it; the next `pulumi up` pushes it.",
  timeouts: { create: 20, update: 20 },
  create: (session: SiteSession, inputs, operation) => push(session, inputs, operation),
  read: readPackage,
  update: (session, inputs, operation) => push(session, inputs, operation),
  // The package goes with its app; an app whose package alone is taken away could not even say so.
  delete: async () => undefined,
});

async function push(
  session: SiteSession,
  inputs: FunctionPackageInputs,
  operation: Operation,
): Promise<Reading> {
  const { zip, sha256 } = await session.buildPackage();
  if (sha256 !== inputs.sha256) {
    throw new PackageChangedError(
      `The function app's package is ${sha256}, but the program has planned ${inputs.sha256}: its sources have changed since. Run \`pulumi up\` again.`,
    );
  }
  const site = await session.openSite(inputs.scmHost, operation);
  return readingOf(inputs, await publish(site, zip));
}

/** Gone when the app has no deployment; drifted when the newest one is not ours. */
async function readPackage(session: SiteSession, operation: ExistingOperation): Promise<Reading | undefined> {
  const inputs = functionPackageInputs.parse(operation.inputs);
  const site = await session.openSite(inputs.scmHost, operation);
  const latest = await site.latest();
  if (latest === undefined) return undefined;
  if (latest.id === operation.outputs.deploymentId) return readingOf(inputs, latest);
  return readingOf({ ...inputs, sha256: `deployment ${latest.id} of somebody else` }, latest);
}

function readingOf(inputs: FunctionPackageInputs, { id }: Deployment): Reading {
  return { id: inputs.siteId, inputs: { ...inputs }, outputs: { ...inputs, deploymentId: id } };
}
