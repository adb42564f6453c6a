import { afterEach, expect, it, vi } from "vitest";
import { refuseOtherRegions } from "../../infra/flex-consumption";
import { record } from "./recorder";

const azure = { tenantId: "tenant", subscriptionId: "subscription", location: "westeurope" };
const regions = { value: [{ name: "West Europe" }, { name: "East US 2" }] };

afterEach(() => vi.unstubAllGlobals());

/** Asks while the service answers with this body, and gives the requests that it got. */
async function ask(
  location: string,
  answer: () => Response | Promise<Response>,
): Promise<readonly Request[]> {
  const requests: Request[] = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    requests.push(new Request(url, init));
    return answer();
  });
  await record(() => refuseOtherRegions({ ...azure, location }, undefined, {}));
  return requests;
}

it("asks the subscription which regions offer the plan", async () => {
  const [request] = await ask("West Europe", () => Response.json(regions));
  expect(request?.url).toBe(
    "https://management.azure.com/subscriptions/subscription/providers/Microsoft.Web/geoRegions?sku=FlexConsumption&api-version=2024-11-01",
  );
  expect(request?.headers.get("authorization")).toBe("Bearer arm-token");
});

it("refuses another region, and names those there are", async () => {
  await expect(ask("francesouth", () => Response.json(regions))).rejects.toThrow(
    /azure\.location francesouth does not offer this subscription the Flex Consumption plan.*Nothing was changed\. Choose one of eastus2, westeurope/,
  );
});

it.each([
  ["an error", () => new Response("", { status: 503 })],
  ["something else", () => Response.json({ error: { code: "AuthorizationFailed" } })],
  ["nothing", () => Response.json({ value: [] })],
  ["no connection", () => Promise.reject(new TypeError("fetch failed"))],
])("leaves it to the service when it answers with %s", async (_, answer) => {
  await expect(ask("francesouth", answer)).resolves.toHaveLength(1);
});
