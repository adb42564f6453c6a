import { apis, type GraphRole } from "../catalogue/apis";
import { findRole } from "../catalogue/find-role";
import type { ConnectorManifest } from "../manifest";
import { unique } from "../planning/requirement";
import { tierOf } from "../tiers/tier";
import type { DeployerNeed } from "./need";

type Reason = Pick<DeployerNeed, "because" | "droppedBy" | "narrower">;

/** What the deployer needs of Microsoft Graph in one tenant, for the connectors there. */
export function graphNeeds(
  tenantId: string,
  connectors: readonly ConnectorManifest[],
): readonly DeployerNeed[] {
  const granting = connectors.filter(({ consent }) => consent === "grant");
  const consenting = granting.filter((connector) => connector.apis.length > 0);
  const assigning = granting.filter(({ directoryRoles }) => directoryRoles.length > 0);
  const need = (value: GraphRole, reason: Reason): DeployerNeed => ({
    kind: "appRole",
    name: value,
    id: findRole("graph", value).id,
    scope: `tenant ${tenantId} (${apis.graph.displayName})`,
    tier: tierOf("graph", value).tier,
    ...reason,
  });
  return [
    need("Application.ReadWrite.OwnedBy", {
      because: [`create and change the registrations that it owns: ${namesOf(connectors)}`],
    }),
    need("Application.Read.All", { because: [lookUpReason(connectors)] }),
    ...(consenting.length === 0 ? [] : [need("AppRoleAssignment.ReadWrite.All", consentReason(consenting))]),
    ...(assigning.length === 0 ? [] : [need("RoleManagement.ReadWrite.Directory", assignReason(assigning))]),
  ];
}

function lookUpReason(connectors: readonly ConnectorManifest[]): string {
  const names = unique(
    connectors.flatMap((connector) => connector.apis.map(({ displayName }) => displayName)),
  );
  return names.length === 0
    ? "find the deployer's own service principal and those of the connectors"
    : `find the service principals of the APIs that permissions are asked of: ${[...names].sort().join(", ")}`;
}

function consentReason(connectors: readonly ConnectorManifest[]): Reason {
  return {
    because: connectors.map(({ name, apis: asked }) => {
      const number = asked.reduce((sum, { roles }) => sum + roles.length, 0);
      return `grant consent to ${number === 1 ? "1 permission" : `${number} permissions`} of ${name}`;
    }),
    droppedBy: `consent: request on ${namesOf(connectors)}: an administrator then grants by the link that the stack gives`,
  };
}

function assignReason(connectors: readonly ConnectorManifest[]): Reason {
  const settings = unique(
    connectors.flatMap(({ needsAcknowledgement }) =>
      needsAcknowledgement
        .filter(({ rule }) => rule === "privileged-directory-role")
        .map(({ setting }) => `${setting} off`),
    ),
  );
  const off = settings.length === 0 ? "" : `, or ${settings.join(" and ")}`;
  return {
    because: connectors.map(
      ({ name, directoryRoles }) =>
        `assign ${directoryRoles.map(({ displayName }) => displayName).join(" and ")} to ${name}`,
    ),
    droppedBy: `consent: request on ${namesOf(connectors)}${off}`,
  };
}

function namesOf(connectors: readonly ConnectorManifest[]): string {
  return connectors.map(({ name }) => name).join(", ");
}
