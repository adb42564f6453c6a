/** What metrics ask outside of Microsoft Graph. The caller gives it, or the metric is not assessed. */

/** Exchange Online, by whoever can sign in there. */
export interface ExchangeReader {
  /** `UnifiedAuditLogIngestionEnabled` of Get-AdminAuditLogConfig. @throws with a message for people */
  unifiedAuditLogEnabled(): Promise<boolean>;
}

/** A registry of domain names. */
export interface DomainRegistrations {
  /**
   * When a domain's registration ends, milliseconds; undefined where the registry does not say.
   * @throws with a message for people
   */
  expiry(domain: string): Promise<number | undefined>;
}

/** Both, where somebody answers. */
interface Outside {
  readonly exchange?: ExchangeReader | undefined;
  readonly domainRegistrations?: DomainRegistrations | undefined;
}

/** Asks each question once, however many connectors of the tenant are assessed. */
export function askedOnce({ exchange, domainRegistrations }: Outside): Outside {
  const expiries = new Map<string, Promise<number | undefined>>();
  let audited: Promise<boolean> | undefined;
  return {
    ...(exchange && {
      exchange: {
        unifiedAuditLogEnabled: () => {
          audited ??= exchange.unifiedAuditLogEnabled();
          return audited;
        },
      },
    }),
    ...(domainRegistrations && {
      domainRegistrations: {
        expiry: (domain) => {
          const asked = expiries.get(domain) ?? domainRegistrations.expiry(domain);
          expiries.set(domain, asked);
          return asked;
        },
      },
    }),
  };
}
