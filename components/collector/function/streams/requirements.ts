/** Which capabilities of the permission catalogue a stream needs. The program reads this table; it loads no stream. */
import type { StreamName } from "../model/stream-names";

/** All capabilities of one of the lists must be held. */
export const requirements: Readonly<Record<StreamName, readonly (readonly string[])[]>> = {
  users: [["users.read"]],
  groups: [["groups.read"]],
  applications: [["enterprise-applications.read"]],
  "service-principals": [["enterprise-applications.read"]],
  "app-role-assignments": [["enterprise-applications.read"]],
  "delegated-grants": [["delegated-grants.read"]],
  "directory-roles": [["directory-roles.read"]],
  "administrative-units": [["administrative-units.read"]],
  devices: [["devices.read"]],
  "risky-users": [["risky-users.read"]],
  "risky-service-principals": [["risky-service-principals.read"]],
  licenses: [["licenses.read"]],
  domains: [["domains.read"]],
  organization: [["organization.read"]],
  policies: [["policies.read"]],
  "registration-details": [["registration-details.read"]],
  "directory-audits": [["directory-audits.read"]],
  "sign-ins": [["sign-ins.read"]],
  "exchange-activity": [["activity-feed.read"]],
};
