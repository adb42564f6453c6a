/** Application permissions of Office 365 SharePoint Online: the published service principal of the API; texts by Microsoft for Graph, by us for the others. Made by generate.ts: change that, not this. */
import type { RoleRow } from "./role";

export const sharePointOnlineRoles = [
  ["Sites.FullControl.All", "678536fe-1083-478a-9c59-b99265e6b0d3", "write", "Full control of all sites", "Reads and changes every site, its content and its permissions."],
  ["Sites.Manage.All", "9bff6588-13f2-4c48-bbf2-ddab62256b36", "write", "Read and write items and lists in all sites", "Creates and deletes lists and libraries everywhere."],
  ["Sites.Read.All", "d13f72ca-a275-4b96-b789-48ebcc4da984", "read", "Read items in all sites", "Reads documents and list items everywhere."],
  ["Sites.ReadWrite.All", "fbcd29d2-fcca-4405-aded-518d457caae4", "write", "Read and write items in all sites", "Reads, changes and deletes documents and list items everywhere."],
  ["Sites.Selected", "20d37865-089c-4dee-8c41-6967602d4ac8", "write", "Access chosen sites", "Reaches only the sites, and only as far, as an administrator lets it."],
  ["User.Read.All", "df021288-bdef-4463-88db-98f22de89214", "read", "Read user profiles", "Reads SharePoint user profiles."],
  ["User.ReadWrite.All", "741f803b-c850-494e-b5df-cde7c675a1ca", "write", "Read and write user profiles", "Reads and changes SharePoint user profiles and the term store they use."],
] as const satisfies readonly RoleRow[];
