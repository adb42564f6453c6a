import type { SeedContext } from "./context";

/** The tenant's policies, as a new tenant with Microsoft Entra ID P2 has them. */
export function seedPolicies({ directory, random }: SeedContext): void {
  const ids = random("policies");
  for (const [kind, id, properties] of [...singletons, ...lists(() => ids.guid())]) {
    directory.policies.put({ id, kind, properties });
  }
}

type Seeded = readonly [kind: string, id: string, properties: Readonly<Record<string, unknown>>];

const singletons: readonly Seeded[] = [
  [
    "authorizationPolicy",
    "authorizationPolicy",
    {
      displayName: "Authorization Policy",
      description: "Used to manage authorization related settings across the company.",
      allowInvitesFrom: "everyone",
      allowedToSignUpEmailBasedSubscriptions: true,
      allowedToUseSSPR: true,
      allowEmailVerifiedUsersToJoinOrganization: false,
      blockMsolPowerShell: false,
      guestUserRoleId: "10dae51f-b6af-4016-8d66-8c2a99b929b3",
      defaultUserRolePermissions: {
        allowedToCreateApps: true,
        allowedToCreateSecurityGroups: true,
        allowedToCreateTenants: true,
        allowedToReadBitlockerKeysForOwnedDevice: true,
        allowedToReadOtherUsers: true,
        permissionGrantPoliciesAssigned: ["ManagePermissionGrantsForSelf.microsoft-user-default-recommended"],
      },
    },
  ],
  [
    "identitySecurityDefaultsEnforcementPolicy",
    "00000000-0000-0000-0000-000000000005",
    {
      displayName: "Security Defaults",
      description:
        "Security defaults is a set of basic identity security mechanisms recommended by Microsoft.",
      isEnabled: false,
    },
  ],
  [
    "authenticationMethodsPolicy",
    "authenticationMethodsPolicy",
    {
      displayName: "Authentication Methods Policy",
      description:
        "The tenant-wide policy that controls which authentication methods are allowed in the tenant",
      policyVersion: "1.5",
      reconfirmationInDays: null,
      policyMigrationState: "migrationComplete",
      registrationEnforcement: {
        authenticationMethodsRegistrationCampaign: { snoozeDurationInDays: 1, state: "default" },
      },
      authenticationMethodConfigurations: [
        {
          "@odata.type": "#microsoft.graph.fido2AuthenticationMethodConfiguration",
          id: "Fido2",
          state: "enabled",
        },
        {
          "@odata.type": "#microsoft.graph.microsoftAuthenticatorAuthenticationMethodConfiguration",
          id: "MicrosoftAuthenticator",
          state: "enabled",
        },
        {
          "@odata.type": "#microsoft.graph.smsAuthenticationMethodConfiguration",
          id: "Sms",
          state: "disabled",
        },
      ],
    },
  ],
  [
    "adminConsentRequestPolicy",
    "adminConsentRequestPolicy",
    {
      isEnabled: true,
      notifyReviewers: true,
      remindersEnabled: true,
      requestDurationInDays: 30,
      version: 0,
      reviewers: [],
    },
  ],
  [
    "crossTenantAccessPolicy",
    "crossTenantAccessPolicy",
    { displayName: "CrossTenantAccessPolicy", allowedCloudEndpoints: [] },
  ],
];

function lists(guid: () => string): readonly Seeded[] {
  return [
    [
      "conditionalAccessPolicies",
      guid(),
      {
        displayName: "Require multifactor authentication for administrators",
        state: "enabled",
        createdDateTime: "2025-03-03T09:00:00Z",
        modifiedDateTime: null,
        conditions: {
          clientAppTypes: ["all"],
          applications: { includeApplications: ["All"], excludeApplications: [], includeUserActions: [] },
          users: { includeUsers: [], includeRoles: ["62e90394-69f5-4237-9190-012177145e10"] },
        },
        grantControls: {
          operator: "OR",
          builtInControls: ["mfa"],
          customAuthenticationFactors: [],
          termsOfUse: [],
        },
        sessionControls: null,
      },
    ],
    [
      "namedLocations",
      guid(),
      {
        "@odata.type": "#microsoft.graph.ipNamedLocation",
        displayName: "Head office",
        isTrusted: true,
        ipRanges: [{ "@odata.type": "#microsoft.graph.iPv4CidrRange", cidrAddress: "192.0.2.0/24" }],
      },
    ],
    [
      "permissionGrantPolicies",
      "microsoft-user-default-recommended",
      {
        displayName: "Default User Consent Policy",
        description: "Low-risk permissions of verified publishers.",
      },
    ],
    [
      "authenticationStrengthPolicies",
      "00000000-0000-0000-0000-000000000002",
      {
        displayName: "Multifactor authentication",
        description: "Combinations of methods that satisfy strong authentication, such as a password + SMS",
        policyType: "builtIn",
        requirementsSatisfied: "mfa",
        allowedCombinations: ["fido2", "password,microsoftAuthenticatorPush", "password,sms"],
      },
    ],
  ];
}
