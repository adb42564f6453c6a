import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lockText } from "../../../components/permissions/lock/canonical";
import {
  EditedLockError,
  LockConflictError,
  LockFileError,
  LockNotJsonError,
  LockTooLargeError,
  NewerLockFormatError,
} from "../../../components/permissions/lock/errors";
import { lockJsonSchema } from "../../../components/permissions/lock/json-schema";
import { lockOf } from "../../../components/permissions/lock/lock-of";
import { parseLock } from "../../../components/permissions/lock/parse";
import { plan } from "../../../components/permissions/plan";
import { anyLock } from "../diff/arbitrary-lock";
import { conductorOne, identityManager, parse, tenantId } from "../settings/parse";

const settings = parse({
  tenantId,
  connectors: [
    { ...identityManager },
    { ...conductorOne, access: "read-write", provision: ["groups", "accounts"] },
  ],
});
const good = lockText(lockOf(plan(settings)));
const file = "infra/permissions/contoso.json";

function errorOf(text: string): LockFileError {
  try {
    parseLock(text, file);
  } catch (error) {
    if (error instanceof LockFileError) return error;
    throw error;
  }
  throw new Error("the lock was accepted");
}

describe("what is written", () => {
  test("is read again, whatever the line ends", () => {
    expect(parseLock(good, file)).toEqual(lockOf(plan(settings)));
    expect(parseLock(good.replaceAll("\n", "\r\n"), file)).toEqual(lockOf(plan(settings)));
  });

  test("has a permission a line, with API, role, id, tier and reason, and a line feed at the end", () => {
    expect(good.endsWith("}\n")).toBe(true);
    const line = good.split("\n").find((one) => one.includes('"GroupMember.ReadWrite.All"'));
    expect(line?.trim()).toBe(
      '{ "api": "Microsoft Graph", "role": "GroupMember.ReadWrite.All", "id": "dbaae8cf-10b5-4b86-a4a1-f871c94c6695", "tier": "T1", "because": ["Add and remove members of groups (provision: groups)"] },',
    );
  });

  test("does not depend on the order of entries or of what they provision", () => {
    const [first, second] = settings.connectors;
    const turned = parse({
      tenantId,
      connectors: [
        { ...conductorOne, access: "read-write", provision: ["accounts", "groups"] },
        { ...identityManager },
      ],
    });
    expect(first?.name).not.toBe(second?.name);
    expect(lockText(lockOf(plan(turned)))).toBe(good);
  });

  test("can be read again for any lock", () => {
    fc.assert(
      fc.property(anyLock, (lock) => void expect(parseLock(lockText(lock), file)).toEqual(lock)),
      {
        numRuns: 300,
      },
    );
  });
});

/** The good lock with one Azure role. */
function withAzureRole(role: string, id: string): string {
  const line = `{ "role": "${role}", "id": "${id}", "scope": "storage account of the collector app", "tier": "T2", "because": [] }`;
  return good.replace('"azureRoleAssignments": []', `"azureRoleAssignments": [\n    ${line}\n  ]`);
}

describe("what can't be used is refused with words of its own", () => {
  test.each([
    [
      "conflict markers",
      LockConflictError,
      good.replace('  "connectors"', '<<<<<<< HEAD\n  "connectors"'),
      /merge conflict markers, the first in line 5/,
      /Settle the conflict in the stack file, not here/,
    ],
    [
      "too large",
      LockTooLargeError,
      `${good}${" ".repeat(5 * 1024 * 1024)}`,
      /has 5\.0 MB; a lock file has at most 5 MB/,
      /better split/,
    ],
    ["not JSON", LockNotJsonError, good.slice(0, 100), /is not JSON/, /permissions lock --stack contoso/],
    ["empty", LockNotJsonError, "", /is not JSON: it is empty/, /permissions lock --stack contoso/],
    [
      "newer format",
      NewerLockFormatError,
      good.replace('"formatVersion": 1', '"formatVersion": 2'),
      /has format version 2; this version of entra-connectors knows 1/,
      /Update entra-connectors/,
    ],
    [
      "other spacing",
      EditedLockError,
      good.replace('"cloud": "global"', '"cloud":  "global"'),
      /edited by hand or by a merge: line \d+ is not as the command writes it/,
      /change those, then run/,
    ],
    [
      "other order",
      EditedLockError,
      swapLines(good, '"User.Create"', '"User.DeleteRestore.All"'),
      /line \d+ is not as the command writes it/,
      /permissions lock/,
    ],
    [
      "unknown field",
      EditedLockError,
      good.replace('"cloud": "global"', '"cloud": "global", "note": "x"'),
      /connectors\[0\] Unrecognized key: "note"/,
      /permissions lock/,
    ],
    [
      "wrong value",
      EditedLockError,
      good.replace('"consent": "grant"', '"consent": "maybe"'),
      /connectors\[0\]\.consent Invalid option/,
      /permissions lock/,
    ],
    [
      "a harmless name with a dangerous id",
      EditedLockError,
      good.replace("df021288-bdef-4463-88db-98f22de89214", "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8"),
      /User\.Read\.All of Microsoft Graph has the id df021288-bdef-4463-88db-98f22de89214, not 9e3f62cf/,
      /permissions lock/,
    ],
    [
      "a dangerous permission made harmless",
      EditedLockError,
      good.replace('"tier": "T1"', '"tier": "T2"'),
      /is tier T1, not T2/,
      /permissions lock/,
    ],
    [
      "a harmless Azure role with a dangerous id",
      EditedLockError,
      withAzureRole("Key Vault Reader", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b"),
      /the Azure role Key Vault Reader has the id 21090545\S+, not b7e6dc6d/,
      /permissions lock/,
    ],
    [
      "an Azure role under another name",
      EditedLockError,
      withAzureRole("Reader", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b"),
      /the id b7e6dc6d\S+ is that of the Azure role Storage Blob Data Owner, not of "Reader"/,
      /permissions lock/,
    ],
    [
      "an Azure role that no collector holds",
      EditedLockError,
      withAzureRole("Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"),
      /no collector holds the Azure role "Owner"/,
      /permissions lock/,
    ],
    [
      "a permission that is not published",
      EditedLockError,
      good.replaceAll("User.DeleteRestore.All", "User.DeleteRestored"),
      /the id eccc023d\S+ is that of User\.DeleteRestore\.All, not of "User\.DeleteRestored"/,
      /permissions lock/,
    ],
    [
      "a connector twice",
      EditedLockError,
      good.replace('"name": "Identity Manager Contoso"', '"name": "ConductorOne"'),
      /"ConductorOne" is there twice/,
      /permissions lock/,
    ],
    [
      "no rotation possible",
      EditedLockError,
      good.replace('"overlapDays": 30', '"overlapDays": 90'),
      /can't overlap the next one for 90/,
      /permissions lock/,
    ],
    ["a list", EditedLockError, "[]", /the file Invalid input/, /permissions lock/],
  ])("%s", (_, kind, text, message, next) => {
    const error = errorOf(text);
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(file);
    expect(error.next).toMatch(next);
  });

  test("whatever is in the file, the error is one of these", () => {
    const pieces = fc.constantFrom(
      ...good.split("\n"),
      "<<<<<<< x",
      "=======",
      "__proto__",
      "{",
      "}",
      "null",
      "1e999",
    );
    const shuffled = fc.array(pieces, { maxLength: 30 }).map((lines) => lines.join("\n"));
    const damaged = fc
      .tuple(fc.nat(good.length), fc.nat(40), fc.string({ unit: "binary", maxLength: 20 }))
      .map(([at, length, text]) => good.slice(0, at) + text + good.slice(at + length));
    const any = fc.oneof(fc.string({ unit: "binary" }), fc.json(), shuffled, damaged);
    fc.assert(
      fc.property(any, fc.boolean(), (text, past) => {
        try {
          parseLock(text, file, { past });
        } catch (error) {
          expect(error).toBeInstanceOf(LockFileError);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

test("the published JSON schema is fresh", () => {
  const published = join(__dirname, "../../../components/permissions/lock/lock-file.schema.json");
  expect(readFileSync(published, "utf8")).toBe(lockJsonSchema());
});

function swapLines(text: string, one: string, other: string): string {
  const lines = text.split("\n");
  const [first, second] = [one, other].map((part) => lines.findIndex((line) => line.includes(part)));
  const kept = lines[first!]!;
  lines[first!] = lines[second!]!;
  lines[second!] = kept;
  return lines.join("\n");
}
