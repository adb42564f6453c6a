import { describe, expect, it } from "vitest";
import { findApiPrincipal } from "../../components/api-principals";
import { type Answers, record } from "./recorder";
import { appRoles, EXCHANGE, GRAPH, permissions } from "./samples";

/** Looks one of the sample APIs up in a tenant that publishes these app roles. */
async function lookUp(index: number, answers: Answers): Promise<string> {
  let found: Promise<string> | undefined;
  await record(() => {
    found = findApiPrincipal(permissions[index]!, {});
    found.catch(() => undefined);
  }, answers);
  return found!;
}

describe("findApiPrincipal", () => {
  it("finds the object id where every role has the pinned id", async () => {
    expect(await lookUp(0, { appRoles })).toBe(`principal-of-${GRAPH}`);
  });

  it("refuses a role that has another id in the tenant, naming it and both ids", async () => {
    const published = { [GRAPH]: { ...appRoles[GRAPH], "User.Read.All": "another-id" } };
    await expect(lookUp(0, { appRoles: published })).rejects.toThrow(
      /Microsoft Graph publishes other app roles.*User\.Read\.All is another-id, not df021288/,
    );
  });

  it("refuses a role that the API does not publish", async () => {
    await expect(lookUp(1, { appRoles: { [EXCHANGE]: {} } })).rejects.toThrow(
      "Exchange.ManageAsApp is not among its app roles",
    );
  });

  it("names the line that creates a missing service principal", async () => {
    await expect(lookUp(1, { appRoles: {} })).rejects.toThrow(`az ad sp create --id ${EXCHANGE}`);
  });

  it("tells any other failure as it is", async () => {
    await expect(lookUp(1, { lookupFailure: "403 Authorization_RequestDenied" })).rejects.toThrow(
      /could not be read: .*403 Authorization_RequestDenied/,
    );
  });
});
