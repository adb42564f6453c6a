import type { Route } from "../request";
import { appRoleAssignmentRoutes } from "./app-role-assignments";
import { applicationPasswordRoutes } from "./application-passwords";
import { applicationRoutes } from "./applications";
import { federatedIdentityCredentialRoutes } from "./federated-identity-credentials";
import { groupMemberRoutes } from "./group-members";
import { groupRoutes } from "./groups";
import { licenseRoutes } from "./licenses";
import { ownerRoutes } from "./owners";
import { permissionGrantRoutes } from "./permission-grants";
import { servicePrincipalRoutes } from "./service-principals";
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
  ...licenseRoutes,
  ...groupRoutes,
  ...groupMemberRoutes,
  ...ownerRoutes("/groups", (directory) => directory.groups),
];
