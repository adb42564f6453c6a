/** Everybody reads the same tenant, one after the other, without and with latency. */
import type { Figures } from "./contract";
import type { BenchTenant } from "./lab";
import { type ContestantName, Race } from "./race";

const select = (names: string) => names;

/** The properties that the collector stores, so that everybody moves the same data. */
const usersPath = `/users?$top=999&$select=${select("id,userPrincipalName,displayName,givenName,surname,mail,proxyAddresses,accountEnabled,userType,creationType,createdDateTime,externalUserState,companyName,department,jobTitle,officeLocation,employeeId,employeeType,usageLocation,passwordPolicies,lastPasswordChangeDateTime,assignedLicenses,onPremisesSyncEnabled,onPremisesImmutableId,onPremisesSamAccountName,onPremisesDistinguishedName,onPremisesSecurityIdentifier")}`;
const groupsPath = `/groups?$top=999&$expand=owners($select=id)&$select=${select("id,displayName,description,mail,mailNickname,mailEnabled,securityEnabled,groupTypes,visibility,isAssignableToRole,createdDateTime,expirationDateTime,membershipRule,membershipRuleProcessingState,resourceProvisioningOptions,onPremisesSyncEnabled,onPremisesDomainName,onPremisesSamAccountName,onPremisesSecurityIdentifier")}`;

const sdkOptions = { usersPath, groupsPath };

export interface Standing {
  readonly name: ContestantName;
  readonly latency: number;
  readonly runs: readonly Figures[];
}

export async function speed(
  tenant: BenchTenant,
  names: readonly ContestantName[],
  latencies: readonly number[],
  repetitions: number,
): Promise<readonly Standing[]> {
  const race = new Race(tenant);
  const standings: Standing[] = [];
  for (const latency of latencies) {
    await tenant.conditions({ throttling: false, latency });
    const runs = new Map<ContestantName, Figures[]>(names.map((name) => [name, []]));
    for (let repetition = 0; repetition < repetitions; repetition++)
      for (const name of names) {
        const options = name.startsWith("sdk") ? sdkOptions : {};
        runs.get(name)?.push(await race.run(name, { options }));
      }
    for (const [name, figures] of runs) standings.push({ name, latency, runs: figures });
  }
  return standings;
}
