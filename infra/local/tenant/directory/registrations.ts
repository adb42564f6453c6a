/** Who has registered what for sign-in: as it follows from the user's id, unless it was planted. */
import type { User } from "./model";
import type { Directory } from "./open";

type Values = Readonly<Record<string, unknown>>;
type Way = readonly [methods: readonly string[], preferred: string];

/** Registered methods by how common they are, of a hundred people; the rest have registered nothing. */
const ways: readonly (readonly [number, readonly string[], string])[] = [
  [60, ["microsoftAuthenticatorPush", "mobilePhone"], "push"],
  [20, ["mobilePhone", "email"], "sms"],
  [8, ["fido2SecurityKey", "microsoftAuthenticatorPush"], "push"],
  [4, ["email"], "none"],
];
/** Methods that only serve to reset a password. */
const resetOnly = new Set(["email", "securityQuestion"]);

/** The properties of a user's registration that are not the user's own. */
export function registrationOf(directory: Directory, user: User): Values {
  const planted = directory.registrations.get(user.id)?.properties;
  return { ...byChance(user), ...planted };
}

function byChance({ id, userType, userPrincipalName }: User): Values {
  // Ids are random: their digits decide.
  const rank = (Number.parseInt(id.slice(0, 8), 16) || 0) % 100;
  const service = userPrincipalName.startsWith("svc-");
  const [methods, preferred]: Way = service ? [[], "none"] : wayOf(rank);
  const strong = methods.filter((method) => !resetOnly.has(method));
  return {
    isMfaCapable: strong.length > 0,
    isMfaRegistered: strong.length > 0,
    isPasswordlessCapable: methods.includes("fido2SecurityKey"),
    isSsprCapable: methods.length > 0 && userType === "Member",
    isSsprEnabled: userType === "Member",
    isSsprRegistered: methods.length > 0,
    isSystemPreferredAuthenticationMethodEnabled: true,
    methodsRegistered: methods,
    defaultMfaMethod: preferred,
    systemPreferredAuthenticationMethods: strong.slice(0, 1),
    userPreferredMethodForSecondaryAuthentication: preferred,
  };
}

function wayOf(rank: number): Way {
  let left = rank;
  for (const [share, methods, preferred] of ways) {
    if (left < share) return [methods, preferred];
    left -= share;
  }
  return [[], "none"];
}
