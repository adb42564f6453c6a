/** Which connector a single resource belongs to: the components name their children after it, with a fixed ending. */
import type { StackResource } from "./stack";

/** Endings that the components add to the connector's short name, by the component's type. */
const endings: Readonly<Record<string, RegExp>> = {
  Connector: /$/,
  AppRegistration: /-registration$/,
  AdminConsent: /-consent$/,
  ClientSecret: /-client-secret$/,
  Certificate: /-certificate$/,
  VendorCertificate: /-vendor-certificate-[0-9a-f]{8}$/,
  FederatedCredential: /-federated-\d+$/,
};

/**
 * Short name of the connector whose component is the resource's parent; else the resource's own name, so that an
 * acknowledgement can name that.
 * @param directoryRole name of the role as it ends the component's name, for the parent of a role assignment
 */
export function connectorName({ name, parent = "" }: StackResource, directoryRole?: string): string {
  const [, , chain = "", parentName = ""] = parent.split("::");
  const component = /(?:^|\$)entra-connectors:index:(\w+)$/.exec(chain)?.[1] ?? "";
  if (
    component === "DirectoryRole" &&
    directoryRole !== undefined &&
    parentName.endsWith(`-${directoryRole}`)
  )
    return parentName.slice(0, -directoryRole.length - 1);
  const ending = endings[component];
  return ending === undefined ? name : parentName.replace(ending, "");
}
