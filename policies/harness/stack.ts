/** Resources as rules see them, and the stack that they form. */

import { type ConnectorManifest, manifestOutput } from "./manifest-output";
import { types } from "./types";
import { readProperty } from "./values";

/** A resource, about to be made or already there. */
export interface StackResource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Read them by `readProperty`: some may be unknown. */
  readonly properties: object;
  /** URN of the parent. */
  readonly parent?: string | undefined;
  /** URNs of the resources that a property's value comes from; only where a rule judges the whole stack. */
  readonly sources?: Readonly<Record<string, readonly string[]>>;
}

/** One Connector component with everything below it. */
export interface StackConnector {
  /** Short name of the connector: begins the names of all its resources. */
  readonly slug: string;
  readonly urn: string;
  readonly resources: readonly StackResource[];
  /** What the connector says that it was planned to be; undefined where the program gave it no manifest. */
  readonly manifest: ConnectorManifest | undefined;
}

/** All resources of a stack. */
export class PolicyStack {
  readonly connectors: readonly StackConnector[];

  constructor(readonly resources: readonly StackResource[]) {
    this.connectors = connectorsOf(resources);
  }

  /** The connector that a resource belongs to. */
  connectorOf({ urn }: StackResource): StackConnector | undefined {
    return this.connectors.find(({ resources }) => resources.some((resource) => resource.urn === urn));
  }
}

/** Resources of one of the types. */
export function ofType(
  { resources }: { readonly resources: readonly StackResource[] },
  ...wanted: readonly string[]
): readonly StackResource[] {
  return resources.filter(({ type }) => wanted.includes(type));
}

function connectorsOf(resources: readonly StackResource[]): readonly StackConnector[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const members = new Map<string, StackResource[]>();
  for (const resource of resources) {
    const connector = connectorAbove(resource, byUrn);
    if (connector === undefined) continue;
    const list = members.get(connector.urn) ?? [];
    list.push(resource);
    members.set(connector.urn, list);
  }
  return resources
    .filter(({ type }) => type === types.connector)
    .map(({ name, urn, properties }) => ({
      slug: name,
      urn,
      resources: members.get(urn) ?? [],
      manifest: readProperty(properties, "manifest", manifestOutput),
    }));
}

function connectorAbove(
  resource: StackResource,
  byUrn: ReadonlyMap<string, StackResource>,
): StackResource | undefined {
  let above = resource.parent;
  while (above !== undefined) {
    const parent = byUrn.get(above);
    if (parent?.type === types.connector) return parent;
    above = parent?.parent;
  }
  return undefined;
}

/** Whether a property of a resource is about another one: its value comes from there. */
export function isAbout(resource: StackResource, property: string, other: StackResource): boolean {
  return (resource.sources?.[property] ?? []).includes(other.urn);
}
