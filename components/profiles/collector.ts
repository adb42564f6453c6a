import { z } from "zod";
import type { Capability } from "../permissions/capabilities/capability";
import {
  readActivityFeed,
  readDirectoryAudits,
  readRegistrationDetails,
  readSignInActivity,
  readSignIns,
} from "../permissions/capabilities/read-activity";
import {
  readDirectoryRoles,
  readEnterpriseApplications,
  readGroups,
  readLicenses,
  readUsers,
} from "../permissions/capabilities/read-directory";
import { readDelegatedGrants } from "../permissions/capabilities/read-grants";
import {
  readAdministrativeUnits,
  readDevices,
  readDomains,
  readOrganization,
  readPolicies,
  readRiskyServicePrincipals,
  readRiskyUsers,
} from "../permissions/capabilities/read-posture";
import { defineProfile } from "./profile";

const streams = {
  users: readUsers,
  groups: readGroups,
  enterpriseApplications: readEnterpriseApplications,
  directoryRoles: readDirectoryRoles,
  delegatedGrants: readDelegatedGrants,
  licenses: readLicenses,
  signInActivity: readSignInActivity,
  directoryAudits: readDirectoryAudits,
  signIns: readSignIns,
  registrationDetails: readRegistrationDetails,
  exchangeActivity: readActivityFeed,
  policies: readPolicies,
  domains: readDomains,
  organization: readOrganization,
  devices: readDevices,
  administrativeUnits: readAdministrativeUnits,
  riskyUsers: readRiskyUsers,
  riskyServicePrincipals: readRiskyServicePrincipals,
} as const satisfies Readonly<Record<string, Capability>>;
type Stream = keyof typeof streams;

const streamNames = Object.keys(streams) as [Stream, ...Stream[]];

/** Our own collector without a vendor's product. */
export const collector = defineProfile({
  id: "collector",
  title: "Own collector",
  vendor: "entra-connectors",
  guide: { title: "README" },
  access: ["read-only"],
  credentialKinds: ["federated", "certificate"],
  defaultCredentials: ["federated"],
  options: z.object({
    collect: z
      .array(z.enum(streamNames))
      .min(1)
      .default(["users", "groups", "enterpriseApplications", "directoryRoles"])
      .describe("What is collected; each brings its own permissions."),
  }),
  readWriteOptions: {},
  choose: ({ options: { collect } }) =>
    [...new Set(collect)].map((stream) => ({
      capability: streams[stream],
      because: `collect: ${stream}`,
      setting: "collect",
    })),
  documented: () => undefined,
  contradictions: () => [],
  notices: () => [],
  handover: () => [],
  notCarried: [],
});
