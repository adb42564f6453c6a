import type { ArmCall, ArmReply } from "../call";
import { ArmError } from "../errors";
import { locationOf } from "../fields";
import type { Resource } from "../model";
import { startOperation } from "../operation-start";
import { requireWritableGroup } from "../scope";
import { type Body, checkedIdentity, readDeclared, resourceBody } from "./body";
import type { Kind, Write } from "./kind";
import { pathOf, requireHolder } from "./scope";

/** Stores what a PUT declares, or a PATCH changes, and answers as Azure does for the type. */
export async function write(call: ArmCall, kind: Kind, change: boolean): Promise<ArmReply> {
  if (kind.extension !== true) requireWritableGroup(call);
  const parent = requireHolder(call, kind);
  const path = pathOf(call, kind);
  const current = call.resources.others.get(path.toLowerCase());
  if (change && current === undefined && kind.implicit !== true) throw notThere(path);
  const body = readDeclared(call, kind, change ? current : undefined);
  const name = current?.name ?? path.slice(path.lastIndexOf("/") + 1);
  if (current === undefined) refuseTakenName(call, kind, name);
  const identity = checkedIdentity(call.resources, body.declared.identity);
  const location = regionOf(kind, name, body, current, parent);
  const attempt: Write<Record<string, unknown>> = {
    ...{ call, path, name, location, current, parent },
    declared: body.declared,
  };
  await kind.check?.(attempt);
  const completed = kind.complete?.(attempt) ?? {};
  const now = call.tenant.clock.now();
  const resource = call.resources.others.put({
    ...body.declared,
    ...(completed.properties === undefined ? {} : { properties: completed.properties }),
    ...{ id: path.toLowerCase(), path, type: kind.type, name, location, identity },
    generated: { ...current?.generated, ...completed.generated },
    tags: body.tags ?? (change ? (current?.tags ?? {}) : {}),
    ...{ createdAt: current?.createdAt ?? now, modifiedAt: now },
    createdBy: current?.createdBy ?? call.caller.clientId,
  });
  await kind.stored?.({ call, resource }, attempt);
  return reply(call, kind, resource, current === undefined);
}

function notThere(path: string): ArmError {
  return new ArmError(404, "ResourceNotFound", `The Resource '${path}' was not found.`);
}

/** @throws the kind's own refusal when the name is in use somewhere else */
function refuseTakenName(call: ArmCall, kind: Kind, name: string): void {
  if (kind.globalName === undefined) return;
  const taken = call.resources.others
    .by("type", kind.type)
    .some((other) => other.name.toLowerCase() === name.toLowerCase());
  if (taken) throw kind.globalName(name);
}

function regionOf(
  kind: Kind,
  name: string,
  body: Body,
  current: Resource | undefined,
  parent: Resource | undefined,
): string | undefined {
  if (kind.location === "none") return undefined;
  if (kind.location === "global")
    return locationOf(name, body.location ?? "global", current && { location: "global" });
  return locationOf(
    name,
    body.location ?? parent?.location,
    current?.location === undefined ? undefined : { location: current.location },
  );
}

function reply(call: ArmCall, kind: Kind, resource: Resource, isNew: boolean): ArmReply {
  const body = resourceBody(kind, { call, resource });
  if (!isNew || kind.create === undefined) return { status: isNew ? (kind.created ?? 201) : 200, body };
  const started = startOperation(call, { kind: kind.create, resource: resource.id });
  return kind.create === "location" ? started : { status: 201, body, headers: started.headers ?? {} };
}
