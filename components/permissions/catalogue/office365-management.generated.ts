/** Application permissions of Office 365 Management APIs: the published service principal of the API; texts by Microsoft for Graph, by us for the others. Made by generate.ts: change that, not this. */
import type { RoleRow } from "./role";

export const office365ManagementRoles = [
  ["ActivityFeed.Read", "594c1fb6-4f81-4475-ae41-0c394909246c", "read", "Read activity data of the organization", "Reads the audit events of Entra ID, Exchange, SharePoint and the other workloads, and starts and stops the subscription to them."],
  ["ActivityFeed.ReadDlp", "4807a72c-ad38-4250-94c9-4eabfe26cd55", "read", "Read data loss prevention events with their sensitive data", "Reads policy events that quote the sensitive content they found."],
  ["ActivityReports.Read", "b3b78c39-cb1d-4d17-820a-25d9196a800e", "read", "Read activity reports", "Reads the activity reports of the organization."],
  ["ServiceHealth.Read", "e2cea78f-e743-4d8f-a16a-75b629a038ae", "read", "Read service health", "Reads the health messages of the organization's services."],
  ["ThreatIntelligence.Read", "17f1c501-83cd-414c-9064-cd10f7aef836", "read", "Read threat intelligence", "Reads threat intelligence events."],
] as const satisfies readonly RoleRow[];
