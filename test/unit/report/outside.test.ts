import { expect, it } from "vitest";
import type { NamedConnector } from "../../../scripts/lib/connectors";
import { outsideOf } from "../../../scripts/lib/report/outside";
import { connectorOutput } from "../scripts/outputs";

const tenantId = "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f";
const outputs = { connectors: {}, secrets: {}, vault: null, collector: null };

function asked(options: Readonly<Record<string, boolean | string>>, crawl = true): readonly string[] {
  const output = connectorOutput();
  const connector: NamedConnector = {
    slug: "1secure",
    connector: {
      ...output,
      tenantId,
      settings: { ...output.settings, crawl, options: { state: true, ...options } },
    },
  };
  return Object.keys(outsideOf([connector], outputs)(tenantId));
}

const domains = { domainRegistrationCheck: true, domainRegistrationEndpoint: "https://rdap.example/domain/" };

it.each([
  ["nothing by itself", {}, true, []],
  ["Exchange when the audit log is to be checked", { unifiedAuditLogCheck: true }, true, ["exchange"]],
  ["the registry when domains are to be checked", domains, true, ["domainRegistrations"]],
  ["nothing for a connector that is off", { ...domains, unifiedAuditLogCheck: true }, false, []],
  ["nothing where state is off", { ...domains, state: false }, true, []],
] as const)("asks %s", (_, options, crawl, expected) => {
  expect(asked(options, crawl)).toEqual(expected);
});

it("asks nothing about another tenant", () => {
  expect(outsideOf([], outputs)("another")).toEqual({});
});
