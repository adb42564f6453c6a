import { z } from "zod";
import {
  readDirectoryRoles,
  readEnterpriseApplications,
  readGroups,
  readUsers,
} from "../permissions/capabilities/read-directory";
import {
  readAdministrativeUnits,
  readDevices,
  readOrganization,
  readRiskyServicePrincipals,
  readRiskyUsers,
} from "../permissions/capabilities/read-posture";
import { type DocumentedList, defineProfile, toggle, when } from "./profile";

const writesAssignments = {
  kind: "self-escalating",
  note: "Writes role assignments, so it can make the app Global Administrator; the synchronization only reads.",
} as const;

const requirements: DocumentedList = {
  title: "Entra ID Sync",
  roles: [
    { api: "graph", value: "AdministrativeUnit.Read.All" },
    { api: "graph", value: "Application.Read.All" },
    { api: "graph", value: "Device.Read.All" },
    {
      api: "graph",
      value: "Group.Read.All",
      fault: {
        kind: "wider-than-needed",
        note: "Also opens conversations, calendars and files of groups; GroupMember.Read.All does not.",
      },
    },
    { api: "graph", value: "GroupMember.Read.All" },
    { api: "graph", value: "IdentityRiskyServicePrincipal.Read.All" },
    { api: "graph", value: "IdentityRiskyUser.Read.All" },
    { api: "graph", value: "Organization.Read.All" },
    { api: "graph", value: "RoleAssignmentSchedule.ReadWrite.Directory", fault: writesAssignments },
    { api: "graph", value: "RoleEligibilitySchedule.ReadWrite.Directory", fault: writesAssignments },
    {
      api: "graph",
      value: "RoleManagement.Read.All",
      fault: {
        kind: "wider-than-needed",
        note: "Opens every role system; RoleManagement.Read.Directory alone reads the directory's.",
      },
    },
    { api: "graph", value: "User.Read.All" },
  ],
  directoryRoles: [],
};

/** Netwrix Threat Manager. Source: the article "Configuring the Entra ID Sync Integration" and "Threat Manager Server Requirements". */
export const netwrixThreatManager = defineProfile({
  id: "netwrix-threat-manager",
  title: "Netwrix Threat Manager, Entra ID Sync",
  vendor: "Netwrix",
  guide: { title: "Configuring the Entra ID Sync Integration" },
  access: ["read-only"],
  credentialKinds: ["clientSecret"],
  defaultCredentials: ["clientSecret"],
  options: z.object({
    riskyUsers: toggle(
      true,
      "Read which users and service principals are at risk. The tenant needs Entra ID P2.",
    ),
    devices: toggle(true, "Read devices."),
    administrativeUnits: toggle(true, "Read administrative units."),
  }),
  readWriteOptions: {},
  choose: ({ options: chosen }) => [
    ...[readUsers, readGroups, readEnterpriseApplications, readDirectoryRoles, readOrganization].map(
      (capability) => ({
        capability,
        because: "sync",
        setting: "profile",
      }),
    ),
    ...when(chosen.riskyUsers, "riskyUsers", readRiskyUsers, readRiskyServicePrincipals),
    ...when(chosen.devices, "devices", readDevices),
    ...when(chosen.administrativeUnits, "administrativeUnits", readAdministrativeUnits),
  ],
  documented: () => requirements,
  contradictions: () => [],
  notices: () => [],
  handover: () => [
    { kind: "value", label: "Application ID (Client ID)", source: "clientId" },
    { kind: "value", label: "Secret Value", source: "credential" },
    { kind: "value", label: "Tenant name", source: "tenantDomain" },
  ],
  notCarried: ["The secret's recommended 24 months: possible with lifetimeDays: 730 and an acknowledgement."],
});
