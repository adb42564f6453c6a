/** What the risks of a tenant tolerate: as the settings of its connectors say, and above them the command line. */
import { type SomeThresholds, someThresholdsSchema } from "../../../components/state";
import type { NamedConnector } from "../connectors";

/** Answers for the tenants of a stack. */
export type ThresholdsOf = (tenantId: string) => SomeThresholds;

/** Where two connectors of a tenant say different things, the later one in the stack file holds. */
export function thresholdsOf(
  connectors: readonly NamedConnector[],
  ofCommand: readonly SomeThresholds[],
): ThresholdsOf {
  return (tenantId) => {
    const ofSettings = connectors
      .filter(({ connector }) => connector.tenantId === tenantId)
      .map(({ connector }) => someThresholdsSchema.parse(connector.settings.options.thresholds ?? {}));
    return Object.assign({}, ...ofSettings, ...ofCommand);
  };
}
