import type { Finding } from "./finding";
import type { HeldCredential, Registration } from "./registration";

const day = 86_400_000;
const soonDays = 30;
/** The longest validity that our own policy lets pass, days. */
const limits = { clientSecret: 180, certificate: 365 } as const;
const names = {
  clientSecret: "client secret",
  certificate: "certificate",
  federated: "federated credential",
} as const;

/** Findings about how the application signs in. */
export function credentialFindings({ credentials }: Registration, now: Date): readonly Finding[] {
  const valid = credentials.filter(({ end }) => end === undefined || Date.parse(end) > now.getTime());
  const secrets = valid.filter(({ kind }) => kind === "clientSecret");
  return [
    ...credentials.flatMap((credential) => findingsOf(credential, now)),
    ...(secrets.length > 2
      ? [
          {
            rule: "many-secrets",
            severity: "low",
            title: `has ${secrets.length} valid client secrets`,
            why: "Two are enough to rotate without an interruption; each further one can leak and nobody misses it.",
            fix: "Find out which is in use (sign-in logs name the key id) and remove the others.",
          } as const,
        ]
      : []),
  ];
}

function findingsOf(credential: HeldCredential, now: Date): readonly Finding[] {
  const onPrincipal = credential.on === "enterprise application" ? [hiddenFinding(credential)] : [];
  return [...onPrincipal, ...timeFindings(credential, now)];
}

/** Credentials of an enterprise application show up nowhere in the portal's registration. */
function hiddenFinding(credential: HeldCredential): Finding {
  return {
    rule: "principal-credential",
    severity: "high",
    title: `${nameOf(credential)} is on the enterprise application, not on the registration`,
    why: "The portal's registration does not show it: a usual way to keep a back door. SAML single sign-on keeps its signing certificate there.",
    fix: "Remove it unless it signs SAML tokens: Microsoft Graph, servicePrincipal removePassword or keyCredentials.",
  };
}

function timeFindings(credential: HeldCredential, now: Date): readonly Finding[] {
  const { kind, start, end } = credential;
  if (kind === "federated" || end === undefined) return [];
  const left = Math.floor((Date.parse(end) - now.getTime()) / day);
  const name = nameOf(credential);
  if (left < 0) {
    return [
      {
        rule: "expired-credential",
        severity: "low",
        title: `${name} expired on ${end.slice(0, 10)}`,
        why: "It signs in no more, but hides which one is in use.",
        fix: "Remove it.",
      },
    ];
  }
  const lifetime = start === undefined ? undefined : Math.round((Date.parse(end) - Date.parse(start)) / day);
  return [
    ...(left <= soonDays
      ? [
          {
            rule: "expiring-credential",
            severity: "medium",
            title: `${name} expires in ${left === 1 ? "1 day" : `${left} days`}, on ${end.slice(0, 10)}`,
            why: "The product stops working on that day.",
            fix: "Add a new one, hand it over to the product, then remove this one.",
          } as const,
        ]
      : []),
    ...(lifetime !== undefined && lifetime > limits[kind]
      ? [
          {
            rule: "long-credential",
            severity: "medium",
            title: `${name} is valid for ${lifetime} days, until ${end.slice(0, 10)}`,
            why: `Whoever copies it can use it that long; ${limits[kind]} days is the longest for a ${names[kind]}.`,
            fix: `Replace it by one of at most ${limits[kind]} days, and rotate it.`,
          } as const,
        ]
      : []),
  ];
}

function nameOf({ kind, name }: HeldCredential): string {
  return `the ${names[kind]} "${name}"`;
}
