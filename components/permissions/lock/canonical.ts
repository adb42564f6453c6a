/** The one order and the one way of writing a lock: equal permissions give equal bytes, a line an item. */
import { byText, unique } from "../planning/requirement";
import type { ConnectorLock, CredentialLine, Lock } from "./schema";

/** The same lock with every list in its order. */
export function inOrder(lock: Lock): Lock {
  return {
    $schema: lock.$schema,
    formatVersion: lock.formatVersion,
    azureRoleAssignments: sortedReasons(lock.azureRoleAssignments, azureRoleKey),
    connectors: lock.connectors.map(connectorInOrder).sort(byText(({ name }) => name)),
  };
}

function connectorInOrder(connector: ConnectorLock): ConnectorLock {
  return {
    ...connector,
    appRoles: sortedReasons(connector.appRoles, roleKey),
    directoryRoles: sortedReasons(connector.directoryRoles, directoryRoleKey),
    credentials: [...connector.credentials].sort(byText(credentialKey)),
    covered: sortedReasons(connector.covered, roleKey),
    capabilities: [...connector.capabilities].sort(),
    acknowledgements: [...connector.acknowledgements].sort(byText(acknowledgementKey)),
  };
}

function sortedReasons<Item extends { readonly because: readonly string[] }>(
  items: readonly Item[],
  key: (item: Item) => string,
): readonly Item[] {
  return items.map((item) => ({ ...item, because: [...unique(item.because)].sort() })).sort(byText(key));
}

/** What makes an application permission one and the same. */
export function roleKey({ api, role }: { readonly api: string; readonly role: string }): string {
  return `${api}\n${role}`;
}

export function directoryRoleKey({ role }: { readonly role: string }): string {
  return role;
}

export function azureRoleKey({ role, scope }: { readonly role: string; readonly scope: string }): string {
  return `${role}\n${scope}`;
}

/** A connector has at most one of each rotating kind; of the others, what they trust tells them apart. */
export function credentialKey(credential: CredentialLine): string {
  if (credential.kind === "vendorCertificate") return `${credential.kind}\n${credential.thumbprint}`;
  if (credential.kind === "federated") {
    return [credential.kind, credential.issuer ?? "", credential.subject ?? "", credential.audience].join(
      "\n",
    );
  }
  return credential.kind;
}

export function acknowledgementKey(item: ConnectorLock["acknowledgements"][number]): string {
  return [item.rule, item.finding, item.setting].join("\n");
}

/** The bytes of the lock file: lists in order, one item a line, a line feed at the end. */
export function lockText(lock: Lock): string {
  const { connectors, ...head } = inOrder(lock);
  const body = connectors.map((connector) => `    ${block(connector, "    ")}`);
  const list = body.length === 0 ? "[]" : `[\n${body.join(",\n")}\n  ]`;
  return `${block(head, "").slice(0, -2)},\n  "connectors": ${list}\n}\n`;
}

/** An object with a line a field, and a line an item of a field that is a list. */
function block(value: Readonly<Record<string, unknown>>, indent: string): string {
  const fields = Object.entries(value).map(([key, field]) => {
    const text = Array.isArray(field) ? list(field, `${indent}  `) : JSON.stringify(field);
    return `${indent}  ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${fields.join(",\n")}\n${indent}}`;
}

function list(items: readonly unknown[], indent: string): string {
  if (items.length === 0) return "[]";
  return `[\n${items.map((item) => `${indent}  ${inline(item)}`).join(",\n")}\n${indent}]`;
}

/** On one line, with the spaces that people put. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, field]) => `${JSON.stringify(key)}: ${inline(field)}`);
  return `{ ${fields.join(", ")} }`;
}
