/** Everybody reads the same tenant, one after the other, near and far away. */
import type { Figures } from "./contract";
import type { BenchTenant } from "./lab";
import { type ContestantName, Race } from "./race";

/** The properties that the collector stores, so that everybody moves the same data. */
const userProperties =
  "id,userPrincipalName,displayName,givenName,surname,mail,proxyAddresses,accountEnabled,userType,creationType,createdDateTime,externalUserState,companyName,department,jobTitle,officeLocation,employeeId,employeeType,usageLocation,passwordPolicies,lastPasswordChangeDateTime,assignedLicenses,onPremisesSyncEnabled,onPremisesImmutableId,onPremisesSamAccountName,onPremisesDistinguishedName,onPremisesSecurityIdentifier";
const groupProperties =
  "id,displayName,description,mail,mailNickname,mailEnabled,securityEnabled,groupTypes,visibility,isAssignableToRole,createdDateTime,expirationDateTime,membershipRule,membershipRuleProcessingState,resourceProvisioningOptions,onPremisesSyncEnabled,onPremisesDomainName,onPremisesSamAccountName,onPremisesSecurityIdentifier";

/** The SDK reads groups with their owners too, as the collector does. */
const sdkOptions = {
  usersPath: `/users?$top=999&$select=${userProperties}`,
  groupsPath: `/groups?$top=999&$expand=owners($select=id)&$select=${groupProperties}`,
};

const contestants: readonly ContestantName[] = ["ours", "raw", "SDK, $batch of 20", "SDK, one call a group"];

export interface Standing {
  readonly name: ContestantName;
  readonly latency: number;
  readonly runs: readonly Figures[];
}

/** Everybody takes part in each repetition, so that what else the machine does hits all alike. */
export async function speed(
  tenant: BenchTenant,
  latencies: readonly number[],
  repetitions: number,
  names = contestants,
): Promise<readonly Standing[]> {
  const race = new Race(tenant);
  const standings: Standing[] = [];
  for (const latency of latencies) {
    await tenant.conditions({ throttling: false, latency });
    const runs = new Map<ContestantName, Figures[]>(names.map((name) => [name, []]));
    for (let repetition = 0; repetition < repetitions; repetition++)
      for (const [name, figures] of runs) {
        const options = name.startsWith("SDK") ? sdkOptions : {};
        figures.push(await race.run(name, { options }));
      }
    for (const [name, figures] of runs) standings.push({ name, latency, runs: figures });
  }
  return standings;
}

/** The median of one figure. */
export function median(runs: readonly Figures[], figure: (run: Figures) => number): number {
  const values = runs.map(figure).sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? Number.NaN;
}
