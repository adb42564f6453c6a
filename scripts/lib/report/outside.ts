/** What an assessment asks outside of the collected data, where a connector's settings say that it may. */

import { type AssessOptions, rdapRegistrations } from "../../../components/state";
import type { StackOutputs } from "../../../infra/outputs";
import type { NamedConnector } from "../connectors";
import { unifiedAuditLogOn } from "../mailbox-audit/auditing";
import { openAs } from "../mailbox-audit/set-up";

/** Answers for the tenants of a stack. */
export type OutsideOf = (tenantId: string) => Pick<AssessOptions, "exchange" | "domainRegistrations">;

/** Asked only when a metric wants to know; what can't be asked is not assessed, with the reason. */
export function outsideOf(connectors: readonly NamedConnector[], outputs: StackOutputs): OutsideOf {
  return (tenantId) => {
    const own = connectors.filter(
      (one) => one.connector.tenantId === tenantId && one.connector.settings.crawl,
    );
    const allows = (option: string) =>
      own.find(
        ({ connector: { settings } }) => settings.options.state === true && settings.options[option] === true,
      );
    const [audited, registered] = [allows("unifiedAuditLogCheck"), allows("domainRegistrationCheck")];
    const endpoint = registered?.connector.settings.options.domainRegistrationEndpoint;
    return {
      ...(audited !== undefined && {
        exchange: {
          unifiedAuditLogEnabled: async () => unifiedAuditLogOn(await openAs(audited, outputs, () => {})),
        },
      }),
      ...(typeof endpoint === "string" && { domainRegistrations: rdapRegistrations({ endpoint }) }),
    };
  };
}
