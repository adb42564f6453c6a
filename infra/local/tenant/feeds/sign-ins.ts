/** Makes sign-ins (Microsoft page "signIn resource type"). */
import type { PlainEntity } from "../directory/model";
import type { Actors } from "./actors";
import { choose, guidOf, mix } from "./mix";
import type { Recipe } from "./model";

/** The values of `signInEventTypes`. */
export type SignInKind = "interactiveUser" | "nonInteractiveUser" | "servicePrincipal" | "managedIdentity";

/** Of a hundred sign-ins. */
const shares: readonly (readonly [SignInKind, number])[] = [
  ["interactiveUser", 45],
  ["nonInteractiveUser", 35],
  ["servicePrincipal", 15],
  ["managedIdentity", 5],
];

export function signInKind(recipe: Recipe, place: number): SignInKind {
  let rank = mix(recipe.seed, place, 1) % 100;
  for (const [kind, share] of shares) {
    if (rank < share) return kind;
    rank -= share;
  }
  return "interactiveUser";
}

/** One of ten fails; of applications and identities one of fifty. */
export function signInFails(recipe: Recipe, place: number): boolean {
  const kind = signInKind(recipe, place);
  const among = kind === "interactiveUser" || kind === "nonInteractiveUser" ? 10 : 50;
  return mix(recipe.seed, place, 2) % among === 0;
}

const apps = [
  ["c44b4083-3bb0-49c1-b47d-974e53cbdf3c", "Azure Portal", "Browser"],
  ["1fec8e78-bce4-4aaf-ab1b-5451cc387264", "Microsoft Teams", "Mobile Apps and Desktop clients"],
  ["d3590ed6-52b3-4102-aeff-aad2292ab01c", "Microsoft Office", "Mobile Apps and Desktop clients"],
  ["00000002-0000-0ff1-ce00-000000000000", "Office 365 Exchange Online", "Exchange ActiveSync"],
  ["4765445b-32c6-49b0-83e6-1d93765276ca", "OfficeHome", "Browser"],
] as const;
const failures = [
  [50126, "Error validating credentials due to invalid username or password."],
  [
    50053,
    "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.",
  ],
  [
    50076,
    "Due to a configuration change made by your administrator, you must use multi-factor authentication.",
  ],
  [53003, "Access has been blocked by Conditional Access policies."],
] as const;
const places = [
  ["London", "England", "GB", 51.5, -0.12],
  ["Chicago", "Illinois", "US", 41.88, -87.63],
  ["Munich", "Bayern", "DE", 48.14, 11.58],
  ["Singapore", "Singapore", "SG", 1.35, 103.82],
] as const;
const systems = ["Windows 11", "MacOs", "Ios 18.1", "Android 15"] as const;
const graph = { id: "00000003-0000-0000-c000-000000000000", name: "Microsoft Graph" };

/** One sign-in; `at` is whole seconds. */
export function makeSignIn(actors: Actors, recipe: Recipe, place: number, at: number): PlainEntity {
  const { seed } = recipe;
  const kind = signInKind(recipe, place);
  const bits = mix(seed, place, 3);
  const [city, state, countryOrRegion, latitude, longitude] = choose(places, bits >>> 3);
  const [errorCode, failureReason] = signInFails(recipe, place)
    ? choose(failures, bits >>> 5)
    : [0, "Other."];
  return {
    id: guidOf(seed, recipe.number, place),
    properties: {
      createdDateTime: `${new Date(at).toISOString().slice(0, 19)}Z`,
      correlationId: guidOf(seed, recipe.number, place, 1),
      ipAddress: `${bits & 1 ? "198.51.100" : "203.0.113"}.${(bits >>> 9) % 254}`,
      conditionalAccessStatus: errorCode === 53003 ? "failure" : "notApplied",
      appliedConditionalAccessPolicies: [],
      isInteractive: kind === "interactiveUser",
      signInEventTypes: [kind],
      riskDetail: "none",
      riskEventTypes_v2: [],
      riskLevelAggregated: "none",
      riskLevelDuringSignIn: "none",
      riskState: "none",
      resourceDisplayName: graph.name,
      resourceId: graph.id,
      location: { city, state, countryOrRegion, geoCoordinates: { altitude: null, latitude, longitude } },
      status: {
        errorCode,
        failureReason,
        additionalDetails: errorCode === 0 ? "MFA requirement satisfied" : null,
      },
      ...(kind === "interactiveUser" || kind === "nonInteractiveUser"
        ? personOf(actors, recipe, place, bits)
        : workloadOf(actors, kind, bits)),
    },
  };
}

function personOf(actors: Actors, recipe: Recipe, place: number, bits: number) {
  const user = actors.user(recipe, mix(recipe.seed, place, 4));
  const [appId, appDisplayName, clientAppUsed] = choose(apps, bits >>> 11);
  return {
    userDisplayName: user?.displayName ?? "",
    userPrincipalName: user?.userPrincipalName ?? "",
    userId: user?.id ?? "00000000-0000-0000-0000-000000000000",
    userType: (user?.userType ?? "Member").toLowerCase(),
    appId,
    appDisplayName,
    clientAppUsed,
    deviceDetail: {
      deviceId: "",
      displayName: "",
      operatingSystem: choose(systems, bits >>> 15),
      browser: clientAppUsed === "Browser" ? "Edge 141.0.0" : "",
      isCompliant: false,
      isManaged: false,
      trustType: "",
    },
  };
}

/** An application or a managed identity signs in as itself. */
function workloadOf(actors: Actors, kind: SignInKind, bits: number) {
  const principal = actors.principal(
    kind === "managedIdentity" ? "ManagedIdentity" : "Application",
    bits >>> 2,
  );
  return {
    userDisplayName: "",
    userPrincipalName: "",
    userId: "",
    appId: principal?.appId ?? "",
    appDisplayName: principal?.displayName ?? "",
    servicePrincipalId: principal?.id ?? "",
    servicePrincipalName: principal?.displayName ?? "",
    clientAppUsed: null,
    deviceDetail: null,
  };
}
