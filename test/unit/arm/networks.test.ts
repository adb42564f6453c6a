/** Networks, private endpoints and private DNS. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ArmClient } from "./arm-client";

const version = "2024-05-01";
let arm: ArmClient;
let network: string;

beforeEach(async () => {
  arm = await ArmClient.open();
  await arm.putGroup();
  network = `${arm.group}/providers/Microsoft.Network/virtualNetworks/vnet-one`;
});
afterEach(() => arm.tenant.close());

const subnet = (name: string, addressPrefix: string, more = {}) => ({
  name,
  properties: { addressPrefix, ...more },
});
const delegated = {
  delegations: [{ name: "apps", properties: { serviceName: "Microsoft.App/environments" } }],
};
const putNetwork = (subnets?: readonly object[]) =>
  arm.make("Microsoft.Network/virtualNetworks", "vnet-one", version, {
    properties: {
      addressSpace: { addressPrefixes: ["10.90.0.0/24"] },
      ...(subnets === undefined ? {} : { subnets }),
    },
  });
const names = ({ body }: { body: { properties: { subnets: { name: string }[] } } }) =>
  body.properties.subnets.map(({ name }) => name);

async function putEndpoint(group = "blob") {
  await putNetwork([subnet("endpoints", "10.90.0.128/25")]);
  const account = (await arm.putAccount()).body.id;
  const connection = { name: "blob", properties: { privateLinkServiceId: account, groupIds: [group] } };
  return arm.make("Microsoft.Network/privateEndpoints", "pe-blob", version, {
    properties: {
      subnet: { id: `${network}/subnets/endpoints` },
      privateLinkServiceConnections: [connection],
    },
  });
}

describe("virtual networks", () => {
  it("have the subnets that were declared with them and by themselves", async () => {
    const made = await putNetwork([subnet("apps", "10.90.0.0/25", delegated)]);
    expect(made.body.properties.subnets[0]).toMatchObject({
      id: `${network}/subnets/apps`,
      properties: {
        delegations: [{ id: `${network}/subnets/apps/delegations/apps` }],
        provisioningState: "Succeeded",
      },
    });
    const path = `${network}/subnets/endpoints?api-version=${version}`;
    await arm.call("PUT", path, { properties: { addressPrefix: "10.90.0.128/25" } });
    expect(names(await putNetwork())).toEqual(["apps", "endpoints"]);
    expect(names(await putNetwork([subnet("apps", "10.90.0.0/25")]))).toEqual(["apps"]);
    expect((await arm.call("GET", path)).status).toBe(404);
  });

  it("take security groups that exist, whose rules don't clash", async () => {
    const missing = `${arm.group}/providers/Microsoft.Network/networkSecurityGroups/none`;
    const refused = await putNetwork([
      subnet("apps", "10.90.0.0/25", { networkSecurityGroup: { id: missing } }),
    ]);
    expect(refused.status).toBe(400);
    const rule = (name: string, priority: number) => ({
      name,
      properties: { access: "Deny", direction: "Inbound", priority, protocol: "*" },
    });
    const put = (rules: object[]) =>
      arm.make("Microsoft.Network/networkSecurityGroups", "nsg-one", version, {
        properties: { securityRules: rules },
      });
    expect((await put([rule("a", 100), rule("b", 100)])).status).toBe(400);
    const made = await put([rule("a", 100), rule("b", 200)]);
    expect(made.body.properties.securityRules).toHaveLength(2);
    expect(made.body.properties.defaultSecurityRules).toHaveLength(6);
  });

  it("can't be deleted while something is in them", async () => {
    await putEndpoint();
    const inUse = { status: 400, body: { error: { code: "InUseSubnetCannotBeDeleted" } } };
    const version1 = `api-version=${version}`;
    expect(await arm.call("DELETE", `${network}/subnets/endpoints?${version1}`)).toMatchObject(inUse);
    expect(await arm.call("DELETE", `${network}?${version1}`)).toMatchObject(inUse);
    await arm.call("DELETE", `${arm.group}/providers/Microsoft.Network/privateEndpoints/pe-blob?${version1}`);
    expect((await arm.call("DELETE", `${network}?${version1}`)).status).toBe(202);
  });
});

describe("private endpoints", () => {
  it("are approved at once for a part that the service has", async () => {
    const made = await putEndpoint();
    expect(made.body.properties.privateLinkServiceConnections[0].properties).toMatchObject({
      privateLinkServiceConnectionState: { status: "Approved" },
    });
    expect((await putEndpoint("sites")).status).toBe(400);
  });

  it("write to zones that exist; a zone with links stays", async () => {
    const endpoint = (await putEndpoint()).body.id;
    const zone = await arm.make(
      "Microsoft.Network/privateDnsZones",
      "privatelink.blob.core.windows.net",
      "2024-06-01",
      {
        location: "global",
      },
    );
    const groupPath = `${endpoint}/privateDnsZoneGroups/default?api-version=${version}`;
    const group = (privateDnsZoneId: string) =>
      arm.call("PUT", groupPath, {
        properties: { privateDnsZoneConfigs: [{ name: "blob", properties: { privateDnsZoneId } }] },
      });
    expect((await group(`${zone.body.id}x`)).status).toBe(400);
    expect((await group(zone.body.id)).status).toBe(201);
    const link = `${zone.body.id}/virtualNetworkLinks/one?api-version=2024-06-01`;
    await arm.call("PUT", link, { location: "global", properties: { virtualNetwork: { id: network } } });
    const zonePath = `${zone.body.id}?api-version=2024-06-01`;
    expect((await arm.call("GET", zonePath)).body.properties.numberOfVirtualNetworkLinks).toBe(1);
    expect((await arm.call("DELETE", zonePath)).body.error.code).toBe("CannotDeleteResource");
    await arm.call("DELETE", link);
    expect((await arm.call("DELETE", zonePath)).status).toBe(202);
  });
});
