import {
  anyIsFinding,
  type Metric,
  type MetricContext,
  type NotAssessed,
  notAssessed,
  type Verdict,
} from "../metric";
import type { DomainRegistrations } from "../outside";
import { isoDay } from "./lib/sleepers";

const day = 86_400_000;

export const expiredDomains: Metric = {
  id: "expired-domains",
  title: "Expired domain registrations",
  what: "Verified domains of the tenant whose registration has ended. Asked of a registration data service (RDAP), outside of Microsoft.",
  why: "Whoever registers the domain next receives its mail, password resets included, and can prove to own it.",
  remediation: "Renew the registration, or remove the domain from the tenant after moving its users.",
  severity: "high",
  origin: "netwrix-1secure",
  fields: ["domain.isVerified", "domain.isInitial", "domain.isRoot", "RDAP: event expiration"],
  needs: ["domain"],
  thresholds: ["domainExpiryDays"],
  begin: (context) => {
    const domains: string[] = [];
    return {
      on: {
        domain: ({ id, isVerified, isInitial, isRoot }) => {
          // Initial domains are Microsoft's, and a subdomain is registered with its root.
          if (isVerified === true && isInitial !== true && isRoot !== false) domains.push(id);
        },
      },
      finish: () =>
        context.domainRegistrations === undefined
          ? off
          : judge(domains.sort(), context, context.domainRegistrations),
    };
  },
};

const off = notAssessed(
  "opt-in-off",
  "domainRegistrationCheck is off: it tells a service outside of Microsoft the tenant's domains. Switch it on for the connector.",
);

async function judge(
  domains: readonly string[],
  { evidence, now, thresholds }: MetricContext,
  registrations: DomainRegistrations,
): Promise<Verdict | NotAssessed> {
  const found = evidence();
  const unanswered: string[] = [];
  for (const domain of domains) {
    const expiry = await registrations.expiry(domain).catch((error: unknown) => {
      unanswered.push(`${domain} (${error instanceof Error ? error.message : String(error)})`);
      return null;
    });
    if (expiry === null) continue;
    if (expiry === undefined) unanswered.push(`${domain} (the registry shows no end)`);
    else if (expiry <= now + thresholds.domainExpiryDays * day) {
      found.add(
        "domain",
        { id: domain },
        { Ends: isoDay(expiry), State: expiry <= now ? "expired" : "ends soon" },
      );
    }
  }
  const note = `Not known of: ${unanswered.join(", ")}.`;
  if (unanswered.length > 0 && unanswered.length === domains.length) return notAssessed("failed", note);
  return { ...anyIsFinding(found, domains.length), ...(unanswered.length > 0 && { note }) };
}
