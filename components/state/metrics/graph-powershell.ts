import { anyIsFinding, type Metric } from "../metric";

/** Application id of Microsoft Graph Command Line Tools, which Microsoft Graph PowerShell signs in as. */
const graphPowerShell = "14d82eec-204b-4c2f-b7e8-296a70dab67e";

export const graphPowerShellOpen: Metric = {
  id: "graph-powershell",
  title: "Microsoft Graph PowerShell open to all",
  what: "Whether users must be assigned to Microsoft Graph PowerShell (Microsoft Graph Command Line Tools) before they can sign in to it.",
  why: "With it any account, a guest's too, reads out the whole directory and makes use of every permission that it has by default.",
  remediation:
    "Entra admin center > Enterprise applications > Microsoft Graph Command Line Tools > Properties: Assignment required; then assign the administrators who use it. Where the application is not listed, make it first: New-MgServicePrincipal -AppId 14d82eec-204b-4c2f-b7e8-296a70dab67e.",
  severity: "medium",
  origin: "netwrix-1secure",
  fields: [
    "servicePrincipal.appId",
    "servicePrincipal.appRoleAssignmentRequired",
    "servicePrincipal.accountEnabled",
  ],
  needs: ["servicePrincipal"],
  thresholds: [],
  begin: ({ evidence }) => {
    const found = evidence();
    let isThere = false;
    return {
      on: {
        servicePrincipal: (principal) => {
          if (principal.appId !== graphPowerShell) return;
          isThere = true;
          if (principal.appRoleAssignmentRequired === true || principal.accountEnabled === false) return;
          found.add("servicePrincipal", principal, { "Assignment required": false, "In the tenant": true });
        },
      },
      finish: () => {
        if (!isThere) {
          const principal = { id: graphPowerShell, displayName: "Microsoft Graph Command Line Tools" };
          found.add("servicePrincipal", principal, { "Assignment required": false, "In the tenant": false });
        }
        return anyIsFinding(found);
      },
    };
  },
};
