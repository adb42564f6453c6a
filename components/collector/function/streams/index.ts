/** Every stream of the collector. */
import type { StreamName } from "../model/stream-names";
import { administrativeUnits } from "./administrative-units";
import { appRoleAssignments } from "./app-role-assignments";
import { applications } from "./applications";
import { delegatedGrants } from "./delegated-grants";
import { devices } from "./devices";
import { directoryRoles } from "./directory-roles";
import { domains } from "./domains";
import { directoryAudits, exchangeActivity, signIns } from "./events";
import { groups } from "./groups";
import { licenses } from "./licenses";
import { organization } from "./organization";
import { policies } from "./policies";
import { registrationDetails } from "./registration-details";
import { riskyServicePrincipals } from "./risky-service-principals";
import { riskyUsers } from "./risky-users";
import { servicePrincipals } from "./service-principals";
import type { Stream } from "./stream";
import { users } from "./users";

export const streams: Readonly<Record<StreamName, Stream>> = {
  users,
  groups,
  applications,
  "service-principals": servicePrincipals,
  "app-role-assignments": appRoleAssignments,
  "delegated-grants": delegatedGrants,
  "directory-roles": directoryRoles,
  "administrative-units": administrativeUnits,
  devices,
  "risky-users": riskyUsers,
  "risky-service-principals": riskyServicePrincipals,
  licenses,
  domains,
  organization,
  policies,
  "registration-details": registrationDetails,
  "directory-audits": directoryAudits,
  "sign-ins": signIns,
  "exchange-activity": exchangeActivity,
};
