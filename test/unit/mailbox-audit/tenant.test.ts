/** Looking and mending in the local tenant's Exchange: what is planted is found, mended, and nothing else is touched. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cloudByName } from "../../../components/clouds";
import { createTestTenant, type TestTenant } from "../../../infra/local/tenant/core/testing";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { createExchangeApp } from "../../../infra/local/tenant/exchange";
import { ExchangeState, exchangeCollections } from "../../../infra/local/tenant/exchange/state";
import { applyChanges } from "../../../scripts/lib/mailbox-audit/apply";
import { readAuditing } from "../../../scripts/lib/mailbox-audit/auditing";
import { defaultActions } from "../../../scripts/lib/mailbox-audit/default-actions";
import { type ExchangeAdmin, openExchange } from "../../../scripts/lib/mailbox-audit/exchange-admin";
import { changesOf, findingsOf } from "../../../scripts/lib/mailbox-audit/plan";

const objectId = "11111111-1111-4111-8111-111111111111";
const exchangeAdministrator = "29232cdf-9323-42fd-ade2-1d097af3e4de";
const quiet = (): void => undefined;

let tenant: TestTenant;
let state: ExchangeState;
let exchange: ExchangeAdmin;
/** Names of the cmdlets that were run. */
let ran: string[];

beforeEach(async () => {
  tenant = createTestTenant({ now: new Date("2026-06-17T12:00:00Z") });
  await seedDirectory(tenant, { users: 60, groups: 5, seed: 5 });
  const directory = openDirectory(tenant.store);
  state = new ExchangeState(tenant.store, directory);
  // What the seed plants is for people; here each test plants its own.
  for (const name of exchangeCollections) {
    const collection = tenant.store.collection(name);
    for (const { id } of [...collection.values()]) collection.delete(id);
  }
  directory.directoryRoleAssignments.put({
    id: "assignment",
    principalId: objectId,
    roleDefinitionId: exchangeAdministrator,
    directoryScopeId: "/",
  });
  const app = createExchangeApp(tenant);
  const authorization = await tenant.authorization({
    api: "exchange",
    roles: ["Exchange.ManageAsApp"],
    objectId,
  });
  const root = `${tenant.settings.origin}/exchange`;
  ran = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    ran.push(JSON.parse(String(init.body)).CmdletInput.CmdletName);
    const headers = { ...(init.headers as Record<string, string>), prefer: "odata.maxpagesize=7" };
    return app.request(url.replace(root, ""), { method: "POST", headers, body: String(init.body) });
  });
  exchange = openExchange({
    cloud: { ...cloudByName("global"), exchange: root },
    tenantId: tenant.settings.tenantId,
    credential: {
      getToken: async () => ({ token: authorization.replace("Bearer ", ""), expiresOnTimestamp: 0 }),
    },
    progress: quiet,
    shortestWait: 1,
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  tenant.close();
});

const findings = async () => findingsOf(await readAuditing(exchange, quiet), { keepBypass: false });

function mailboxes() {
  const [off, reduced, extended, owner, bypassing] = state.mailboxes("UserMailbox");
  if (!off || !reduced || !extended || !owner || !bypassing) throw new Error("too few mailboxes");
  return { off, reduced, extended, owner, bypassing };
}

it("reads every page, and finds nothing where nothing is wrong", async () => {
  const auditing = await readAuditing(exchange, quiet);
  const all = [...state.mailboxes("UserMailbox")].length;
  expect(all).toBeGreaterThan(14);
  expect(auditing).toEqual({
    onByDefault: true,
    unifiedAuditLog: true,
    mailboxes: all,
    odd: [],
    bypasses: [],
  });
  expect(await findings()).toEqual([]);
});

it("finds exactly what is planted, mends it, and has nothing to do the second time", async () => {
  const { off, reduced, extended, owner, bypassing } = mailboxes();
  state.set("organization", { AuditDisabled: true });
  state.set("adminAuditLog", { UnifiedAuditLogIngestionEnabled: false });
  state.setAuditing(off, { AuditEnabled: false });
  state.setAuditing(reduced, { AuditAdmin: ["SendAs"], DefaultAuditSet: ["Delegate", "Owner"] });
  const delegate = ["FolderBind", "SendAs"];
  state.setAuditing(extended, { AuditDelegate: delegate, DefaultAuditSet: ["Admin", "Owner"] });
  state.setAuditing(owner, { AuditOwner: ["Send"], DefaultAuditSet: ["Admin", "Delegate"] });
  state.setBypass(bypassing, true);

  const found = await findings();
  expect(found.map(({ where }) => where).sort()).toEqual(
    [
      "organization",
      "organization",
      bypassing.displayName,
      ...[off, reduced, extended, owner].map(({ userPrincipalName }) => userPrincipalName),
    ].sort(),
  );
  const changes = changesOf(found);
  expect(changes).toHaveLength(6);
  const results = await applyChanges(exchange, changes, quiet);
  expect(results.map(({ result }) => result)).toEqual(Array(6).fill("changed"));

  expect(state.settings("organization").AuditDisabled).toBe(false);
  expect(state.auditing(off).AuditEnabled).toBe(true);
  expect(state.auditing(extended).AuditDelegate).toEqual(
    expect.arrayContaining(["FolderBind", ...defaultActions.Delegate]),
  );
  expect(state.auditing(owner).AuditOwner).toEqual(["Send"]);
  expect(state.bypasses(bypassing)).toBe(false);
  ran = [];
  const left = await findings();
  expect(left.map(({ where, change }) => [where, change])).toEqual([[owner.userPrincipalName, undefined]]);
  expect(await applyChanges(exchange, changesOf(left), quiet)).toEqual([]);
  expect(ran.filter((name) => name.startsWith("Set-"))).toEqual([]);
});

it("goes on when Exchange refuses one mailbox, and says which", async () => {
  const { off, bypassing } = mailboxes();
  state.setAuditing(off, { AuditEnabled: false });
  state.setBypass(bypassing, true);
  const changes = changesOf(await findings());
  const gone = changes.map((change) =>
    change.cmdlet === "Set-Mailbox"
      ? { ...change, parameters: { ...change.parameters, Identity: "gone" } }
      : change,
  );
  const results = await applyChanges(exchange, gone, quiet);
  expect(
    results.map(({ cmdlet, result, reason }) => [cmdlet, result, reason?.includes("couldn't be found")]),
  ).toEqual([
    ["Set-MailboxAuditBypassAssociation", "changed", undefined],
    ["Set-Mailbox", "failed", true],
  ]);
});

it("stops when it may not write at all", async () => {
  state.set("organization", { AuditDisabled: true });
  const changes = changesOf(await findings());
  openDirectory(tenant.store).directoryRoleAssignments.delete("assignment");
  await expect(applyChanges(exchange, changes, quiet)).rejects.toThrow(/403/);
});
