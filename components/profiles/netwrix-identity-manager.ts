import { z } from "zod";
import {
  readDirectoryRoles,
  readEnterpriseApplications,
  readGroups,
  readUsers,
} from "../permissions/capabilities/read-directory";
import { manageGroups, manageUsers } from "../permissions/capabilities/write-directory";
import { type DocumentedList, defineProfile } from "./profile";

const exportList: DocumentedList = {
  title: "export",
  roles: [
    {
      api: "graph",
      value: "Directory.Read.All",
      fault: {
        kind: "wider-than-needed",
        note: "Also opens devices, contacts, licences, domains and audit data, which the export does not read.",
      },
    },
  ],
  directoryRoles: [],
};

const fulfilmentList: DocumentedList = {
  title: "export and fulfilment",
  roles: [
    {
      api: "graph",
      value: "Directory.ReadWrite.All",
      fault: {
        kind: "insufficient",
        note: "Too wide (it adds credentials to applications) and not enough: it deletes neither users nor groups.",
      },
    },
  ],
  directoryRoles: [],
};

/** Netwrix Identity Manager (formerly Usercube). Source: the product's guide "Register for Microsoft Entra ID". */
export const netwrixIdentityManager = defineProfile({
  id: "netwrix-identity-manager",
  title: "Netwrix Identity Manager",
  vendor: "Netwrix",
  guide: { title: "Register for Microsoft Entra ID" },
  access: ["read-only", "read-write"],
  credentialKinds: ["clientSecret"],
  defaultCredentials: ["clientSecret"],
  options: z.object({}),
  readWriteOptions: {},
  choose: ({ access }) => {
    const because = `access: ${access}`;
    const exported = [readUsers, readGroups, readDirectoryRoles, readEnterpriseApplications];
    const fulfilled = access === "read-write" ? [manageUsers, manageGroups] : [];
    return [...exported, ...fulfilled].map((capability) => ({ capability, because, setting: "access" }));
  },
  documented: ({ access }) => (access === "read-write" ? fulfilmentList : exportList),
  contradictions: () => [],
  notices: () => [],
  handover: () => [
    {
      kind: "value",
      label: "ApplicationId",
      source: "clientId",
      hint: "appsettings.agent.json, or an environment variable",
    },
    {
      kind: "value",
      label: "ApplicationKey (Client Secret)",
      source: "credential",
      hint: "appsettings.agent.json, or an environment variable",
    },
    {
      kind: "value",
      label: "Directory (tenant) ID",
      source: "tenantId",
      hint: "appsettings.agent.json, or an environment variable",
    },
  ],
  notCarried: ["Application type Web: the guide leaves the redirect URI blank, so none is registered."],
});
