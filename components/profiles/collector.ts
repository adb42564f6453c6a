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
import { kindsOfSignIns, offersDirectoryAudits, serviceAccountNames } from "./events";
import { defineProfile, toggle } from "./profile";
import { thresholds } from "./state";

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
    signIns: z
      .strictObject({
        failed: toggle(true, "Collect failed sign-ins."),
        successful: toggle(true, "Collect successful sign-ins."),
        kinds: kindsOfSignIns,
      })
      .default({ failed: true, successful: true, kinds: ["interactive"] })
      .describe("With collect: signIns, which sign-ins: failed, successful, or both, and of which kinds."),
    nonOwnerMailboxAccess: toggle(
      false,
      "With collect: exchangeActivity, report who used a mailbox that is not theirs. No further permission.",
    ),
    serviceAccounts: serviceAccountNames,
    excludedServiceAccountGroups: z
      .array(z.string().min(1))
      .default([])
      .describe("Names of Entra groups whose members are service accounts and not collected."),
    thresholds,
  }),
  readWriteOptions: {},
  choose: ({ cloud, options: { collect, excludedServiceAccountGroups } }) => [
    ...[...new Set(collect)]
      .filter((stream) => stream !== "directoryAudits" || offersDirectoryAudits({ cloud }))
      .map((stream) => ({ capability: streams[stream], because: `collect: ${stream}`, setting: "collect" })),
    ...excludedServiceAccountGroups.slice(0, 1).map(() => ({
      capability: readGroups,
      because: "excludedServiceAccountGroups",
      setting: "excludedServiceAccountGroups",
    })),
  ],
  documented: () => undefined,
  contradictions: ({ options }) => [
    ...(options.collect.includes("signIns") && !options.signIns.failed && !options.signIns.successful
      ? [
          {
            setting: "signIns",
            message: "is off, failed and successful, and collect asks for signIns.",
            advice: "Switch one of them on, or take signIns out of collect.",
          },
        ]
      : []),
    ...(options.nonOwnerMailboxAccess && !options.collect.includes("exchangeActivity")
      ? [
          {
            setting: "nonOwnerMailboxAccess",
            message: "is selected from the events of Exchange, which are not collected.",
            advice: "Add exchangeActivity to collect.",
          },
        ]
      : []),
  ],
  notices: ({ cloud, options: { collect } }) =>
    collect.includes("directoryAudits") && !offersDirectoryAudits({ cloud })
      ? ["directoryAudits is left out: 21Vianet does not offer it."]
      : [],
  events: ({ options: { signIns, nonOwnerMailboxAccess, serviceAccounts } }) => ({
    signIns,
    nonOwnerMailboxAccess,
    serviceAccounts,
  }),
  handover: () => [],
  notCarried: [],
});
