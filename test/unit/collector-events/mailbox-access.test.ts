import { describe, expect, it } from "vitest";
import { memoryStore } from "../collector-runtime/memory-store";
import { hour, lines, living, run } from "./exchange-run";
import { FakeFeed, mailEvent } from "./fake-feed";
import { start } from "./fake-log";

describe("access to others' mailboxes", () => {
  const owner = { MailboxOwnerUPN: "adele@contoso.example", MailboxGuid: "m1" };
  const cases: readonly (readonly [string, object, object | undefined])[] = [
    ["the owner", { ...owner, LogonType: 0 }, undefined],
    ["a delegate", { ...owner, LogonType: 2, UserId: "ben@contoso.example" }, { accessedAs: "delegate" }],
    ["a delegate who is the owner", { ...owner, LogonType: 2, UserId: "ADELE@contoso.example" }, undefined],
    [
      "an administrator",
      { ...owner, LogonType: "Admin", UserId: "root@contoso.example", UserType: 2 },
      { accessedAs: "administrator", serviceAccount: false },
    ],
    [
      "a service account",
      {
        ...owner,
        LogonType: 1,
        UserId: "NT AUTHORITY\\SYSTEM (Microsoft.Exchange.Servicehost)",
        UserType: 5,
      },
      { accessedAs: "administrator", serviceAccount: true },
    ],
    [
      "an account that the settings name",
      { ...owner, LogonType: 2, UserId: "Backup.Mail@contoso.example", UserType: 0 },
      { serviceAccount: true },
    ],
    [
      "an account of a name that the settings describe",
      { ...owner, LogonType: 2, UserId: "svc-scan@contoso.example", UserType: 0 },
      { serviceAccount: true },
    ],
    [
      "somebody whose name is not quite one of those",
      { ...owner, LogonType: 2, UserId: "backupxmail@contoso.example", UserType: 0 },
      { serviceAccount: false },
    ],
    ["nobody knows what", { ...owner, LogonType: { toString: 0 }, UserId: "ben@contoso.example" }, undefined],
    [
      "a word that means something else",
      { ...owner, LogonType: "constructor", UserId: "b@c.example" },
      undefined,
    ],
    ["a cmdlet", { UserType: 2 }, undefined],
    [
      "a person whose name changed",
      {
        ...owner,
        LogonType: 2,
        UserId: "adele.new@contoso.example",
        LogonUserSid: "S-1-5-21-1",
        MailboxOwnerSid: "S-1-5-21-1",
      },
      undefined,
    ],
    [
      "the service itself",
      {
        ...owner,
        LogonType: 1,
        UserId: "S-1-5-18",
        UserType: 2,
        LogonUserSid: "S-1-5-18",
        ExternalAccess: true,
      },
      { accessedAs: "administrator", serviceAccount: true, external: true },
    ],
    [
      "a delegated administrator",
      { ...owner, LogonType: 6, UserId: "msp@partner.example" },
      { accessedAs: "administrator" },
    ],
    ["the transport service", { ...owner, LogonType: 3, UserId: "transport", UserType: 4 }, undefined],
    [
      "a service in the datacenter",
      { ...owner, LogonType: 4, UserId: "NT SERVICE\\MSExchange", UserType: 4 },
      undefined,
    ],
    ["access that is reserved", { ...owner, LogonType: 5, UserId: "x@contoso.example" }, undefined],
    [
      "identifiers alone",
      { LogonType: 2, LogonUserSid: "S-1-5-21-1", MailboxOwnerSid: "S-1-5-21-1", UserId: undefined },
      undefined,
    ],
  ];

  it.each(cases)("by %s", async (_who, more, expected) => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    feed.add("a", start - hour, [mailEvent("e", start - hour, more)]);
    await run(feed, store);
    expect(await living(store, "mailboxAccess")).toMatchObject(expected === undefined ? [] : [expected]);
    expect(await lines(store, "exchangeActivity")).toEqual(["e"]);
  });
});
