/** Reads of one tenant, each answer parsed where it enters. */
import type { Client } from "@microsoft/microsoft-graph-client";
import type { z } from "zod";
import { listAll } from "../azure/graph";
import { UserError } from "../errors";

/** All entries of a collection. @throws UserError when an answer is not what Microsoft's reference says. */
export async function readAll<Schema extends z.ZodType>(
  client: Client,
  path: string,
  schema: Schema,
): Promise<readonly z.output<Schema>[]> {
  return (await listAll(client, path)).map((entry) => {
    const parsed = schema.safeParse(entry);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new UserError(
      `Microsoft Graph answers ${path.split("?")[0]} in an unknown way: ${issue?.path.join(".")}: ${issue?.message}.`,
      { next: "Check that ARM_METADATA_HOSTNAME and the cloud name the service that is meant." },
    );
  });
}

/** The same, but undefined where the credential may not look: the rest of an audit is worth having. */
export async function readAllowed<Schema extends z.ZodType>(
  client: Client,
  path: string,
  schema: Schema,
): Promise<readonly z.output<Schema>[] | undefined> {
  try {
    return await readAll(client, path, schema);
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && "statusCode" in error && error.statusCode === 403;
}

/** `$filter` that compares a property with a text. */
export function equals(property: string, value: string): string {
  return `$filter=${encodeURIComponent(`${property} eq '${value.replaceAll("'", "''")}'`)}`;
}
