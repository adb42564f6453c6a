/** What a stack must acknowledge before it is deployed, and whether it did. */
import type { AcknowledgementNeed, CredentialGrant } from "../manifest";
import type { Acknowledgement, ConnectorSettings } from "../settings";
import { tierOf, tierOfDirectoryRole } from "../tiers/tier";
import { byText, type Requirements } from "./requirement";

/** Rules that an acknowledgement can name, with what each is about. */
export const acknowledgementRules = {
  "tier0-app-role": "an application permission that leads to Global Administrator",
  "privileged-directory-role": "a directory role that changes something tenant-wide",
  "secret-lifetime": "a client secret that is valid for longer than 180 days",
  "certificate-lifetime": "a certificate that is valid for longer than 365 days",
  "no-user-owner": "a person, or somebody who may be one, who owns a registration with dangerous permissions",
  "prefer-federated": "a secret or certificate where the product could sign in without one",
} as const;
type AcknowledgementRule = keyof typeof acknowledgementRules;

/** Longest validity without an acknowledgement, days. */
const lifetimeLimits = { clientSecret: 180, certificate: 365 } as const;

type Need = Omit<AcknowledgementNeed, "acknowledged">;

/** Everything about a connector that needs an acknowledgement, sorted by rule and finding. */
export function acknowledgementNeeds(
  connector: ConnectorSettings,
  requirements: Requirements,
  acknowledgements: readonly Acknowledgement[],
): readonly AcknowledgementNeed[] {
  return [
    ...appRoleNeeds(requirements),
    ...directoryRoleNeeds(requirements),
    ...connector.credentials.flatMap((credential, index) => lifetimeNeeds(credential, index)),
  ]
    .map((need) => ({
      ...need,
      acknowledged: findAcknowledgement(acknowledgements, connector.name, need) !== undefined,
    }))
    .sort(byText(({ rule, finding, setting }) => `${rule} ${finding} ${setting}`));
}

/** The acknowledgement that covers a finding of a rule on a connector. */
export function findAcknowledgement(
  acknowledgements: readonly Acknowledgement[],
  connector: string,
  { rule, finding }: Pick<Need, "rule" | "finding">,
): Acknowledgement | undefined {
  return acknowledgements.find(
    (one) =>
      one.rule === rule &&
      one.connector === connector &&
      (one.finding === undefined || one.finding === finding),
  );
}

function need(rule: AcknowledgementRule, finding: string, setting: string, reason: string): Need {
  return { rule, finding, setting, reason };
}

function appRoleNeeds({ roles }: Requirements): readonly Need[] {
  return roles.flatMap(({ api, value, settings }) => {
    const { tier, reason } = tierOf(api, value);
    return tier === "T0" ? [need("tier0-app-role", value, settings[0] ?? "profile", reason)] : [];
  });
}

function directoryRoleNeeds({ directoryRoles }: Requirements): readonly Need[] {
  return directoryRoles.flatMap(({ displayName, settings }) => {
    const { tier, reason } = tierOfDirectoryRole(displayName);
    return tier === "T2"
      ? []
      : [need("privileged-directory-role", displayName, settings[0] ?? "profile", reason)];
  });
}

function lifetimeNeeds(credential: CredentialGrant, index: number): readonly Need[] {
  if (credential.kind === "federated") return [];
  const days =
    credential.kind === "vendorCertificate"
      ? Math.ceil((Date.parse(credential.notAfter) - Date.parse(credential.notBefore)) / 86_400_000)
      : credential.lifetimeDays;
  const secret = credential.kind === "clientSecret";
  const limit = secret ? lifetimeLimits.clientSecret : lifetimeLimits.certificate;
  if (days <= limit) return [];
  const setting = credential.kind === "vendorCertificate" ? "file" : "lifetimeDays";
  return [
    need(
      secret ? "secret-lifetime" : "certificate-lifetime",
      `${days} days`,
      `credentials[${index}].${setting}`,
      `lifetime ${days} days is above the limit of ${limit}.`,
    ),
  ];
}
