/** One request to Azure Resource Manager as the operations see it, and what they answer. */
import type { z } from "zod";
import type { Caller, Tenant } from "../core/types";
import { type Directory, openDirectory } from "../directory/open";
import type { ArmType } from "./api-versions";
import { invalidContent } from "./errors";
import type { Hosting } from "./hosting";
import { openResources, type Resources } from "./model";
import { Access } from "./roles/access";

/** What all requests work on. */
export interface ArmContext {
  readonly tenant: Tenant;
  readonly resources: Resources;
  readonly directory: Directory;
  readonly access: Access;
  readonly hosting: Hosting;
}

/** A request whose caller is known and whose API version is right. */
export interface ArmCall extends ArmContext {
  readonly caller: Caller;
  /** The URL below which the client reaches Resource Manager, without trailing slash. */
  readonly root: string;
  readonly url: URL;
  readonly method: string;
  /** The parsed JSON body; undefined when there is none. */
  readonly body: unknown;
  /** The text at a `{place}` of the operation's path. */
  param(name: string): string;
}

/** What is answered. */
export interface ArmReply {
  readonly status: 200 | 201 | 202 | 204;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation: a method on a path. */
export interface ArmOperation {
  readonly method: "GET" | "HEAD" | "PUT" | "PATCH" | "POST" | "DELETE";
  /** Literal segments compare without regard to case; `{place}` takes one segment, a leading `{scope}` any number. */
  readonly path: string;
  readonly type: ArmType;
  /** The action that the caller needs on the resource in the path; absent: the operation filters or is open to everybody. */
  readonly action?: string;
  handle(call: ArmCall): ArmReply | Promise<ArmReply>;
}

/** Opens everything that requests work on. */
export function openArm(tenant: Tenant, hosting: Hosting): ArmContext {
  return {
    tenant,
    resources: openResources(tenant.store),
    directory: openDirectory(tenant.store),
    access: new Access(tenant),
    hosting,
  };
}

/** 200 with a body. */
export const ok = (body: unknown, headers: Readonly<Record<string, string>> = {}): ArmReply => ({
  status: 200,
  body,
  headers,
});

/** A list in the form of Resource Manager. */
export const list = (value: readonly unknown[]): ArmReply => ({ status: 200, body: { value } });

/** Those resources of a list that the caller may read. */
export function readable<T>(
  call: ArmCall,
  action: string,
  items: Iterable<T>,
  path: (item: T) => string,
): T[] {
  return [...items].filter((item) => call.access.allows(call.caller.objectId, "actions", action, path(item)));
}

/**
 * The body by its schema.
 * @throws ArmError 400 InvalidRequestContent naming the member that is wrong or unknown.
 */
export function readBody<T extends z.ZodType>(call: ArmCall, schema: T): z.output<T> {
  const result = schema.safeParse(call.body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.join(".") ?? "";
  if (issue?.code === "unrecognized_keys") {
    const [key] = issue.keys;
    const at = path === "" ? key : `${path}.${key}`;
    throw invalidContent(
      `Could not find member '${key}' on object of type 'ResourceDefinition'. Path '${at}', line 1, position 1.`,
    );
  }
  throw invalidContent(`${issue?.message ?? "The body is empty"}. Path '${path}', line 1, position 1.`);
}
