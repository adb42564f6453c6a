import { describe, expect, it, test } from "vitest";
import { azure, other, own, problems, stack } from "./collector-stack";
import { identityManager, problemsOf } from "./parse";

describe("refusals", () => {
  const { azure: _, ...withoutAzure } = stack;

  it.each<[string, object, string]>([
    [
      "an unknown setting",
      { collector: { shedule: "" } },
      'collector.shedule unknown setting. Did you mean "schedule"?',
    ],
    [
      "a five-field schedule",
      { collector: { schedule: "0 * * * *" } },
      "collector.schedule is no six-field schedule (second minute hour day month weekday), for example 0 0 */4 * * *.",
    ],
    [
      "a memory that is not offered",
      { collector: { instanceMemoryMB: 1024 } },
      "collector.instanceMemoryMB 1024 is not one of 512, 2048, 4096.",
    ],
    [
      "fewer instances than the platform takes",
      { collector: { maximumInstanceCount: 1 } },
      "collector.maximumInstanceCount 1 is too small: at least 40.",
    ],
    [
      "no retention",
      { collector: { retentionDays: 0 } },
      "collector.retentionDays 0 is too small: at least 1.",
    ],
    [
      "an address that is none",
      { collector: { alerts: { emails: ["ops"] } } },
      "collector.alerts.emails[0] is no e-mail address.",
    ],
    [
      "a stranger",
      { collector: { connectors: ["Owm"] } },
      'collector.connectors[0] "Owm" is no entry of this stack. Did you mean "Own"?',
    ],
    [
      "a network whose range begins in the middle",
      { collector: { codePush: "external", network: { addressSpace: "10.90.0.1/24" } } },
      "collector.network.addressSpace is no IPv4 range from /16 to /24 that begins at its first address, for example 10.90.0.0/24.",
    ],
    [
      "a closed network that nobody can push code into",
      { collector: { network: {} } },
      "collector.codePush collector.network closes the address that code is pushed to.",
    ],
    [
      "ranges without a network",
      { collector: { deployerIpRanges: ["203.0.113.0/24"] } },
      "collector.deployerIpRanges is for a closed network, and none is set.",
    ],
    [
      "a region of another cloud",
      { azure: { ...azure, location: "China North 3" } },
      "azure.location the collector runs on the Flex Consumption plan, which Azure operated by 21Vianet does not offer.",
    ],
    [
      "a region of Azure Government",
      { azure: { ...azure, location: "usgovvirginia" } },
      "azure.location the collector runs on the Flex Consumption plan, which Azure Government does not offer.",
    ],
    [
      "a tenant in another one's words",
      { connectors: [{ ...own, tenantId: "contoso.onmicrosoft.com" }], vault: {} },
      "connectors[0].tenantId must be the tenant's GUID, because the collector serves this entry and a domain does not say whether the tenant is that of the subscription.",
    ],
    [
      "a certificate without a vault",
      { connectors: [{ ...own, tenantId: other }] },
      'vault is missing: the collector signs in as "Own", whose tenant is not the subscription\'s, by a certificate whose key a vault keeps.',
    ],
    [
      "nobody to serve",
      { connectors: [{ ...own, crawl: false }] },
      "collector has nothing to do: no entry with crawl on has anything that it reads.",
    ],
    [
      "a named entry that is switched off",
      {
        connectors: [own, { ...identityManager, crawl: false }],
        collector: { connectors: ["Own", "Identity Manager Contoso"] },
      },
      'collector.connectors[1] "Identity Manager Contoso" has crawl: false.',
    ],
  ])("%s", (_name, change, problem) => {
    expect(problems(change)).toEqual([problem]);
  });

  test("no subscription", () => {
    expect(problemsOf(withoutAzure).map(({ path, message }) => `${path} ${message}`)).toEqual([
      "collector needs azure: the subscription that the function app runs in.",
    ]);
  });
});
