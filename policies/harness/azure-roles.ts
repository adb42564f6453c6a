/** Where the collector's Azure roles and those that were reviewed part, both ways. */
import { z } from "zod";
import type { AzureRoleLine } from "../../components/permissions/lock/schema";
import type { Finding } from "./outcome";
import { ofType, type PolicyStack, type StackResource } from "./stack";
import { types } from "./types";
import { readProperty } from "./values";

/** An Azure role in the stack, in the words of a lock file. */
interface DeclaredRole {
  readonly id: string;
  readonly scope: string;
  readonly resource: StackResource;
}

/** Differences between the Azure roles of the stack's function apps and the lock file. */
export function azureRoleDifferences(
  stack: PolicyStack,
  locked: readonly AzureRoleLine[],
  file: string,
): readonly Finding[] {
  const declared = declaredRoles(stack);
  const key = ({ id, scope }: { readonly id: string; readonly scope: string }) =>
    `${id.toLowerCase()} ${scope}`;
  const reviewed = new Set(locked.map(key));
  const present = new Set(declared.map(key));
  return [
    ...declared
      .filter((role) => !reviewed.has(key(role)))
      .map(({ id, scope, resource: { name, urn } }) => ({
        culprit: name,
        message: `${name} assigns the Azure role ${nameOf(id, locked)} on the ${scope}, which is not in ${file}.`,
        urn,
      })),
    ...locked
      .filter((role) => !present.has(key(role)))
      .map(({ role, scope }) => ({
        culprit: role,
        message: `${role} on the ${scope} is in ${file} and not declared.`,
      })),
  ];
}

/** Assignments below a function app's component, or to an identity that the stack makes. */
function declaredRoles(stack: PolicyStack): readonly DeclaredRole[] {
  const byUrn = new Map(stack.resources.map((resource) => [resource.urn, resource]));
  return ofType(stack, types.roleAssignment).flatMap((resource) => {
    const app = byUrn.get(resource.parent ?? "");
    const ours = app?.type === types.collectorFunction ? app.name : undefined;
    if (ours === undefined && !isOfOwnIdentity(resource, byUrn)) return [];
    const definition = readProperty(resource.properties, "roleDefinitionId", z.string());
    const id = definition.split("/").at(-1) ?? definition;
    return [{ id, scope: scopeInWords(resource, ours, byUrn), resource }];
  });
}

function isOfOwnIdentity({ sources }: StackResource, byUrn: ReadonlyMap<string, StackResource>): boolean {
  return (sources?.principalId ?? []).some((urn) => byUrn.get(urn)?.type === types.userAssignedIdentity);
}

/** By the resource that the scope comes from: the id itself is not known before the deployment. */
function scopeInWords(
  { name, sources }: StackResource,
  app: string | undefined,
  byUrn: ReadonlyMap<string, StackResource>,
): string {
  const targets = (sources?.scope ?? []).map((urn) => byUrn.get(urn));
  const is = (type: string) => targets.some((target) => target?.type === type);
  const certificate = /^(.+)-slot-[01]-(signing|certificate)$/.exec(name.slice((app?.length ?? -1) + 1));
  if (app !== undefined && is(types.storageAccount)) return `storage account of the ${app} app`;
  if (app !== undefined && is(types.applicationInsights)) {
    return `Application Insights component of the ${app} app`;
  }
  if (app !== undefined && is(types.vault) && certificate !== null) {
    const [, slug, kind] = certificate;
    return kind === "signing"
      ? `key of the certificate of ${slug} in the vault`
      : `certificate of ${slug} in the vault`;
  }
  return targets.map((target) => target?.name ?? "resource of another stack").join(", ") || "scope it names";
}

function nameOf(id: string, locked: readonly AzureRoleLine[]): string {
  return locked.find((line) => line.id === id)?.role ?? id;
}
