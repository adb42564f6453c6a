/** What the directory itself says about a connector, read as the operator: it tells a lag from a refusal. */
import { z } from "zod";
import type { Cloud } from "../../../components/clouds";
import type { ConnectorOutput } from "../../../infra/outputs";
import { operatorCredential } from "../azure/credential";
import { graphClient, listAll } from "../azure/graph";

/** Answers undefined where the operator may not look. */
export interface OperatorView {
  /** Ids of the app roles that the connector has been granted, on whatever API. */
  grantedRoleIds(): Promise<ReadonlySet<string> | undefined>;
  /** Template ids of the directory roles assigned to the connector. */
  directoryRoleIds(): Promise<ReadonlySet<string> | undefined>;
  /** True when the registration carries a secret or certificate with this key id. */
  hasKey(keyId: string): Promise<boolean | undefined>;
}

const appRoleAssignment = z.looseObject({ appRoleId: z.string() });
const roleAssignment = z.looseObject({ roleDefinitionId: z.string() });
const keys = z.looseObject({
  passwordCredentials: z.array(z.looseObject({ keyId: z.string() })).default([]),
  keyCredentials: z.array(z.looseObject({ keyId: z.string() })).default([]),
});

/** The operator's view of one connector's tenant. */
export function operatorView(connector: ConnectorOutput, cloud: Cloud): OperatorView {
  const client = graphClient(cloud, operatorCredential(connector.tenantId, cloud));
  const { servicePrincipalId, applicationObjectId } = connector;
  return {
    grantedRoleIds: () =>
      unlessRefused(async () => {
        const assignments = await listAll(
          client,
          `/servicePrincipals/${servicePrincipalId}/appRoleAssignments`,
        );
        return new Set(assignments.map((entry) => appRoleAssignment.parse(entry).appRoleId));
      }),
    directoryRoleIds: () =>
      unlessRefused(async () => {
        const filter = encodeURIComponent(`principalId eq '${servicePrincipalId}'`);
        const assignments = await listAll(
          client,
          `/roleManagement/directory/roleAssignments?$filter=${filter}`,
        );
        return new Set(assignments.map((entry) => roleAssignment.parse(entry).roleDefinitionId));
      }),
    hasKey: (keyId) =>
      unlessRefused(async () => {
        const select = "$select=id,passwordCredentials,keyCredentials";
        const { passwordCredentials, keyCredentials } = keys.parse(
          await client.api(`/applications/${applicationObjectId}?${select}`).get(),
        );
        return [...passwordCredentials, ...keyCredentials].some((key) => key.keyId === keyId);
      }),
  };
}

/** A refusal or an operator who isn't signed in means "can't say"; the test itself must not fail by it. */
async function unlessRefused<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch {
    return undefined;
  }
}
