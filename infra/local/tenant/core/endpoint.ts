import { rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readFileIfThere, writePrivateFile } from "./files";

/** Content of `endpoint.json`. */
export const endpointSchema = z.object({
  origin: z.string(),
  metadataHost: z.string(),
  proxy: z.string(),
  tenantId: z.string(),
  domain: z.string(),
  subscriptionId: z.string(),
  caFile: z.string(),
  pid: z.number(),
  deployer: z.object({ clientId: z.string(), objectId: z.string() }),
});

/** How a running tenant is reached: the content of `endpoint.json` in its folder. */
export type Endpoint = z.output<typeof endpointSchema>;

/** Says where the tenant is; written when it is ready. */
export function writeEndpoint(directory: string, endpoint: Endpoint): void {
  writePrivateFile(endpointFile(directory), `${JSON.stringify(endpoint, null, 2)}\n`);
}

/** Where the tenant of a folder is, or undefined: nothing written, or by a process that no longer lives. */
export function readEndpoint(directory: string): Endpoint | undefined {
  const text = readFileIfThere(endpointFile(directory));
  if (text === undefined) return undefined;
  const endpoint = parse(text);
  return endpoint !== undefined && isAlive(endpoint.pid) ? endpoint : undefined;
}

export function removeEndpoint(directory: string): void {
  rmSync(endpointFile(directory), { force: true });
}

/** Whether a process of this user has that id. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function parse(text: string): Endpoint | undefined {
  try {
    return endpointSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function endpointFile(directory: string): string {
  return join(directory, "endpoint.json");
}
