/** Every stream of the collector, in the order in which reports show them. */
export const streamNames = [
  "users",
  "groups",
  "applications",
  "service-principals",
  "app-role-assignments",
  "delegated-grants",
  "directory-roles",
  "administrative-units",
  "devices",
  "risky-users",
  "risky-service-principals",
  "licenses",
  "domains",
  "organization",
  "policies",
  "registration-details",
  "directory-audits",
  "sign-ins",
  "exchange-activity",
] as const;

export type StreamName = (typeof streamNames)[number];
