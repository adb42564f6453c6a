import type { ExchangeState } from "../../exchange/state";

/** Of the first mailboxes one is not audited, one audits less than the default, and one person is never audited. */
export function seedMailboxAuditing(exchange: ExchangeState): void {
  let place = 0;
  for (const mailbox of exchange.mailboxes("UserMailbox")) {
    if (place === 2) exchange.setAuditing(mailbox, { AuditEnabled: false });
    if (place === 3) {
      exchange.setAuditing(mailbox, { AuditDelegate: ["SendAs"], DefaultAuditSet: ["Admin", "Owner"] });
    }
    if (place === 4) exchange.setBypass(mailbox, true);
    if (place === 4) return;
    place += 1;
  }
}
