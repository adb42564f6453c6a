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
