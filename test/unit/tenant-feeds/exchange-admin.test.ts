import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestTenant, type TestTenant } from "../../../infra/local/tenant/core/testing";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { createExchangeApp } from "../../../infra/local/tenant/exchange";

const objectId = "11111111-1111-4111-8111-111111111111";
const exchangeAdministrator = "29232cdf-9323-42fd-ade2-1d097af3e4de";
const globalReader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";

interface Reply {
  readonly status: number;
  readonly value: readonly Readonly<Record<string, unknown>>[];
  readonly next: string | undefined;
  readonly warnings: readonly string[];
  readonly error: { readonly code: string; readonly message: string } | undefined;
}

describe("the Exchange admin API", () => {
  let tenant: TestTenant;
  let app: ReturnType<typeof createExchangeApp>;
  let authorization: string;

  beforeEach(async () => {
    tenant = createTestTenant({ now: new Date("2026-06-17T12:00:00Z") });
    await seedDirectory(tenant, { users: 40, groups: 10, seed: 5 });
    app = createExchangeApp(tenant);
    authorization = await tenant.authorization({
      api: "exchange",
      roles: ["Exchange.ManageAsApp"],
      objectId,
    });
  });
  afterEach(() => tenant.close());

  function give(roleDefinitionId: string) {
    openDirectory(tenant.store).directoryRoleAssignments.put({
      id: `assignment-${roleDefinitionId}`,
      principalId: objectId,
      roleDefinitionId,
      directoryScopeId: "/",
    });
  }

  async function run(CmdletName: string, Parameters: object = {}, path?: string): Promise<Reply> {
    const url = path ?? `/adminapi/beta/${tenant.settings.tenantId}/InvokeCommand`;
    const response = await app.request(url, {
      method: "POST",
      headers: { authorization, prefer: "odata.maxpagesize=10" },
      body: JSON.stringify({ CmdletInput: { CmdletName, Parameters } }),
    });
    const text = await response.text();
    const body = text === "" ? {} : JSON.parse(text);
    return {
      status: response.status,
      value: body.value ?? [],
      next: body["@odata.nextLink"],
      warnings: body["@adminapi.warnings"] ?? [],
      error: body.error,
    };
  }

  it("needs the app role and a directory role that Exchange takes", async () => {
    expect(await run("Get-OrganizationConfig")).toMatchObject({ status: 403, error: { code: "Forbidden" } });
    give(globalReader);
    expect((await run("Get-OrganizationConfig")).status).toBe(200);
    authorization = await tenant.authorization({ api: "exchange", objectId });
    expect((await run("Get-OrganizationConfig")).status).toBe(401);
    authorization = await tenant.authorization({ api: "graph", roles: ["Exchange.ManageAsApp"], objectId });
    expect((await run("Get-OrganizationConfig")).status).toBe(401);
  });

  it("reads and sets the organization's auditing; readers don't find what sets", async () => {
    give(globalReader);
    expect((await run("Get-OrganizationConfig")).value).toEqual([{ AuditDisabled: false }]);
    const refused = await run("Set-OrganizationConfig", { AuditDisabled: true });
    expect(refused.status).toBe(400);
    expect(refused.error?.message).toContain("is not recognized as the name of a cmdlet");
    give(exchangeAdministrator);
    expect((await run("Set-OrganizationConfig", { AuditDisabled: true })).status).toBe(200);
    expect((await run("get-organizationconfig")).value[0]?.AuditDisabled).toBe(true);
    await run("Set-AdminAuditLogConfig", { UnifiedAuditLogIngestionEnabled: false });
    expect((await run("Get-AdminAuditLogConfig")).value[0]?.UnifiedAuditLogIngestionEnabled).toBe(false);
  });

  it("lists mailboxes by pages, and no more than the result size", async () => {
    give(globalReader);
    const found: unknown[] = [];
    let next: string | undefined;
    do {
      const reply = await run("Get-EXOMailbox", { ResultSize: "Unlimited" }, next);
      found.push(...reply.value.map(({ Guid }) => Guid));
      next = reply.next?.replace("https://127.0.0.1:8443/exchange", "");
    } while (next !== undefined);
    const licensed = [...openDirectory(tenant.store).users.values()].filter(
      ({ assignedLicenses, userType, mail }) =>
        userType === "Member" && mail !== null && assignedLicenses.length > 0,
    );
    expect(new Set(found)).toEqual(new Set(licensed.map(({ id }) => id)));
    expect(found).toHaveLength(licensed.length);
    const few = await run("Get-Mailbox", { ResultSize: 3 });
    expect([few.value.length, few.next, few.warnings.length]).toEqual([3, undefined, 1]);
    const groups = await run("Get-Mailbox", { GroupMailbox: true });
    expect(groups.value.every(({ RecipientTypeDetails }) => RecipientTypeDetails === "GroupMailbox")).toBe(
      true,
    );
  });

  it("sets the auditing of a mailbox, by whole lists and by changes", async () => {
    give(exchangeAdministrator);
    const [mailbox] = (await run("Get-Mailbox", { ResultSize: 1 })).value;
    const Identity = mailbox?.UserPrincipalName;
    await run("Set-Mailbox", { Identity, AuditEnabled: false, AuditDelegate: ["SendAs"] });
    await run("Set-Mailbox", { Identity, AuditOwner: { Add: ["MailboxLogin"], Remove: ["Send"] } });
    const [changed] = (await run("Get-Mailbox", { Identity })).value;
    expect(changed).toMatchObject({
      AuditEnabled: false,
      AuditDelegate: ["SendAs"],
      DefaultAuditSet: ["Admin"],
    });
    expect(changed?.AuditOwner).toContain("MailboxLogin");
    expect(changed?.AuditOwner).not.toContain("Send");
    await run("Set-MailboxAuditBypassAssociation", { Identity, AuditBypassEnabled: true });
    const bypass = await run("Get-MailboxAuditBypassAssociation", { Identity });
    expect(bypass.value[0]?.AuditBypassEnabled).toBe(true);
  });

  it("refuses what it does not know in PowerShell's words", async () => {
    give(exchangeAdministrator);
    expect(await run("Get-Nothing")).toMatchObject({ status: 400, error: { code: "BadRequest" } });
    expect((await run("Get-Mailbox", { Nonsense: 1 })).error?.message).toContain("'Nonsense'");
    expect(await run("Get-Mailbox", { Identity: "nobody@contoso.example" })).toMatchObject({
      status: 404,
      error: { code: "NotFound" },
    });
    expect((await run("Set-Mailbox", { Identity: 7 })).status).toBe(400);
  });
});
