import { deltaRoutes } from "../delta";
import type { Route } from "../request";
import { administrativeUnitRoutes, deviceRoutes } from "./administrative-units";
import { appRoleAssignmentRoutes } from "./app-role-assignments";
import { applicationPasswordRoutes } from "./application-passwords";
import { applicationRoutes } from "./applications";
import { directoryObjectRoutes } from "./directory-objects";
import { directoryRoleRoutes } from "./directory-roles";
import { emptyCollectionRoutes } from "./empty-collections";
import { federatedIdentityCredentialRoutes } from "./federated-identity-credentials";
import { groupMemberRoutes } from "./group-members";
import { groupRoutes } from "./groups";
import { licenseRoutes } from "./licenses";
import { logRoutes } from "./logs";
import { ownerRoutes } from "./owners";
import { permissionGrantRoutes } from "./permission-grants";
import { policyRoutes } from "./policies";
import { principalActivityRoutes } from "./principal-activities";
import { registrationDetailRoutes } from "./registration-details";
import { roleAssignmentRoutes } from "./role-assignments";
import { rolePolicyRoutes } from "./role-policies";
import { servicePrincipalRoutes } from "./service-principals";
import { tenantFactRoutes } from "./tenant-facts";
import { userChangeRoutes } from "./user-changes";
import { userRoutes } from "./users";

/** Every call that the tenant's Graph answers. */
export const routes: readonly Route[] = [
  ...applicationRoutes,
  ...applicationPasswordRoutes,
  ...federatedIdentityCredentialRoutes,
  ...ownerRoutes("/applications", (directory) => directory.applications),
  ...servicePrincipalRoutes,
  ...ownerRoutes("/servicePrincipals", (directory) => directory.servicePrincipals),
  ...appRoleAssignmentRoutes,
  ...permissionGrantRoutes,
  ...userRoutes,
  ...userChangeRoutes,
  ...licenseRoutes,
  ...groupRoutes,
  ...groupMemberRoutes,
  ...ownerRoutes("/groups", (directory) => directory.groups),
  ...directoryRoleRoutes,
  ...roleAssignmentRoutes,
  ...rolePolicyRoutes,
  ...administrativeUnitRoutes,
  ...deviceRoutes,
  ...directoryObjectRoutes,
  ...tenantFactRoutes,
  ...policyRoutes,
  ...logRoutes,
  ...registrationDetailRoutes,
  ...principalActivityRoutes,
  ...emptyCollectionRoutes,
  ...deltaRoutes,
];
