import { firstPartyApps } from "../data/first-party-apps.generated";
import { firstPartyPrincipal } from "../first-party";
import type { SeedContext } from "./context";
import { subscriptions } from "./skus";

/** Microsoft's APIs that the seeded tenant has a service principal of; the others are creatable by their appId. */
const present: ReadonlySet<string> = new Set([
  "00000003-0000-0000-c000-000000000000",
  "00000002-0000-0ff1-ce00-000000000000",
  "00000003-0000-0ff1-ce00-000000000000",
  "00000007-0000-0ff1-ce00-000000000000",
  "c5393580-f805-4401-95e8-94b7a6ef2fc2",
  "797f4846-ba00-4fd7-ba43-dac1f8f63013",
  "00000002-0000-0000-c000-000000000000",
  // Microsoft Graph Command Line Tools: there as soon as anybody used it.
  "14d82eec-204b-4c2f-b7e8-296a70dab67e",
]);

/** The tenant itself: organization, domains, subscriptions and Microsoft's service principals. */
export function seedOrganization(context: SeedContext, users: number): void {
  const { directory, settings } = context;
  const random = context.random("organization");
  const created = new Date(context.today - 2000 * 86_400_000).toISOString().replace(".000Z", "Z");
  directory.organizations.put({ id: settings.tenantId, properties: organization(context, created) });
  seedDomains(context);
  for (const sku of subscriptions(settings.tenantId, Math.max(25, users))) directory.subscribedSkus.put(sku);
  for (const app of firstPartyApps) {
    const id = random.guid();
    if (!present.has(app.appId)) continue;
    if (directory.servicePrincipals.by("appId", app.appId).length > 0) continue;
    directory.servicePrincipals.put(firstPartyPrincipal(app, id, created));
  }
}

function organization({ settings }: SeedContext, createdDateTime: string): Readonly<Record<string, unknown>> {
  return {
    displayName: settings.displayName,
    createdDateTime,
    countryLetterCode: "US",
    tenantType: "AAD",
    technicalNotificationMails: [`it@${settings.domain}`],
    onPremisesSyncEnabled: true,
    verifiedDomains: [
      { name: settings.domain, isDefault: true, isInitial: false, type: "Managed", capabilities: "Email" },
      {
        name: initialDomain(settings.domain),
        isDefault: false,
        isInitial: true,
        type: "Managed",
        capabilities: "Email",
      },
    ],
    assignedPlans: [],
    provisionedPlans: [],
  };
}

const initialDomain = (domain: string): string => `${domain.split(".")[0]}.onmicrosoft.example`;

function seedDomains({ directory, settings }: SeedContext): void {
  const shared = {
    authenticationType: "Managed",
    isAdminManaged: true,
    isRoot: true,
    isVerified: true,
    passwordNotificationWindowInDays: 14,
    passwordValidityPeriodInDays: 2147483647,
    supportedServices: ["Email", "OfficeCommunicationsOnline"],
  };
  directory.domains.put({
    id: settings.domain,
    properties: { ...shared, isDefault: true, isInitial: false },
  });
  directory.domains.put({
    id: initialDomain(settings.domain),
    properties: { ...shared, isDefault: false, isInitial: true },
  });
}
