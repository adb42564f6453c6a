/** What applications may do: the application permissions that were consented to, and directory roles. */
import { apis } from "../../permissions/catalogue/apis";
import { apiOfAppId } from "../../permissions/catalogue/find-api";
import { findRoleById } from "../../permissions/catalogue/find-role";
import type { Tier } from "../../permissions/manifest";
import { tierOf } from "../../permissions/tiers/tier";
import type { Handlers, RecordName, Records } from "../records";
import type { RoleHolders } from "./role-holders";

export const appPrivilegeNeeds = [
  "appRoleAssignment",
  "servicePrincipal",
] as const satisfies readonly RecordName[];
export const appPrivilegeUses = ["roleDefinition", "roleAssignment"] as const satisfies readonly RecordName[];
export const appPrivilegeFields = [
  "appRoleAssignment.principalId",
  "appRoleAssignment.resourceId",
  "appRoleAssignment.appRoleId",
  "servicePrincipal.appId",
  "servicePrincipal.appRoles",
] as const;

/** A dangerous permission or role of an application. */
export interface Privilege {
  /** `RoleManagement.ReadWrite.Directory of Microsoft Graph`, or the name of a directory role. */
  readonly name: string;
  readonly tier: Tier;
  readonly reason: string;
}

/** An application with the privileges that it has. */
export interface PrivilegedApp {
  /** Object id of the service principal. */
  readonly id: string;
  readonly appId: string;
  readonly displayName: string | null;
  readonly servicePrincipalType: string | null;
  /** Most dangerous first. */
  readonly privileges: readonly [Privilege, ...Privilege[]];
}

type Grant = Pick<Records["appRoleAssignment"], "appRoleId" | "resourceId">;
type Principal = Pick<
  Records["servicePrincipal"],
  "id" | "appId" | "displayName" | "servicePrincipalType" | "appOwnerOrganizationId"
>;

/** Tenants from which Microsoft publishes its own applications. */
const microsoftTenants: ReadonlySet<string> = new Set([
  "f8cdef31-a31e-4b4a-93e4-5f571e91255a",
  "72f988bf-86f1-41af-91ab-2d7cd011db47",
]);

export class AppPrivileges {
  private readonly grants = new Map<string, Grant[]>();
  private readonly resources = new Map<string, { appId: string; values: Map<string, string> }>();
  private readonly principals: Principal[] = [];
  /** Ids of app roles that somebody was granted: of an API's hundreds only these are kept. */
  private readonly granted = new Set<string>();

  readonly on: Handlers = {
    appRoleAssignment: ({ principalType, principalId, appRoleId, resourceId }) => {
      if (principalType !== "ServicePrincipal") return;
      this.granted.add(appRoleId);
      const grants = this.grants.get(principalId);
      if (grants === undefined) this.grants.set(principalId, [{ appRoleId, resourceId }]);
      else grants.push({ appRoleId, resourceId });
    },
    servicePrincipal: (principal) => {
      const { id, appId, displayName, servicePrincipalType, appOwnerOrganizationId, appRoles } = principal;
      this.principals.push({ id, appId, displayName, servicePrincipalType, appOwnerOrganizationId });
      const values = (appRoles ?? []).filter((role) => role.id !== null && this.granted.has(role.id));
      if (values.length > 0) {
        this.resources.set(id, {
          appId,
          values: new Map(values.map((role) => [role.id ?? "", role.value ?? ""])),
        });
      }
    },
  };

  constructor(private readonly roles: RoleHolders) {}

  /** Applications with a privilege of that tier or a more dangerous one. Microsoft's own are left out. */
  *privileged(tier: Tier): Generator<PrivilegedApp, void, undefined> {
    for (const principal of this.principals) {
      if (microsoftTenants.has(principal.appOwnerOrganizationId ?? "")) continue;
      const privileges = [...this.permissionsOf(principal.id), ...this.held(principal.id)]
        // The names sort from the most dangerous to the least.
        .filter((privilege) => privilege.tier <= tier)
        .sort((a, b) => (`${a.tier} ${a.name}` < `${b.tier} ${b.name}` ? -1 : 1));
      const [first, ...others] = privileges;
      if (first === undefined) continue;
      const { appOwnerOrganizationId: _, ...known } = principal;
      yield { ...known, privileges: [first, ...others] };
    }
  }

  private permissionsOf(principalId: string): readonly Privilege[] {
    return (this.grants.get(principalId) ?? []).flatMap(({ appRoleId, resourceId }) => {
      const resource = this.resources.get(resourceId);
      return resource === undefined ? [] : judge(resource, appRoleId);
    });
  }

  private held(principalId: string): readonly Privilege[] {
    return this.roles.of(principalId).map(({ roleName, tier }) => ({
      name: roleName,
      tier,
      reason: "Holds the directory role.",
    }));
  }
}

/** Only APIs of the catalogue are judged: what roles of other applications allow is theirs to say. */
function judge(
  { appId, values }: { readonly appId: string; readonly values: ReadonlyMap<string, string> },
  appRoleId: string,
): readonly Privilege[] {
  const api = apiOfAppId(appId);
  if (api === undefined) return [];
  const known = findRoleById(api, appRoleId);
  const value = known?.value ?? values.get(appRoleId) ?? appRoleId;
  const name = `${value} of ${apis[api].displayName}`;
  if (known !== undefined) {
    const { tier, reason } = tierOf(api, known.value);
    return [{ name, tier, reason }];
  }
  const writes = /write|manage|fullcontrol|send|create|delete/i.test(value);
  return [
    {
      name,
      tier: writes ? "T1" : "T2",
      reason: "Newer than the catalogue of permissions; judged by its name.",
    },
  ];
}
