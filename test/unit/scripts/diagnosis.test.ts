import { describe, expect, it } from "vitest";
import { diagnose } from "../../../scripts/lib/diagnosis";
import { knownFailures } from "../../../scripts/lib/diagnosis/known-failures";
import { UserError } from "../../../scripts/lib/errors";
import { asUserError } from "../../../scripts/lib/report-error";

/** What services, libraries and the engine really say, and the word that the diagnosis must have. */
const cases: readonly (readonly [string, string, RegExp, RegExp])[] = [
  [
    "no login to the backend",
    "error: PULUMI_ACCESS_TOKEN must be set for login",
    /not logged in/,
    /pulumi login/,
  ],
  ["a stale sign-in", "AADSTS700082: The refresh token has expired", /sign-in has ended/, /az login/],
  [
    "nobody, as Go says it",
    "DefaultAzureCredential: failed to acquire a token.",
    /Nobody is signed in/,
    /az login/,
  ],
  [
    "a file of somebody else",
    "EACCES: permission denied, open '/a/b'",
    /no access to \/a\/b/,
    /right to read/,
  ],
  ["a folder below a file", "ENOTDIR: not a directory, mkdir '/a/b'", /folder \/a\/b can't be made/, /LOCAL/],
  ["no such file", "ENOENT: no such file or directory, open '/a/b'", /\/a\/b is no file/, /path/],
  ["a full disk", "ENOSPC: no space left on device, write", /disk is full/, /Make room/],
  ["an expired certificate of the service", "certificate has expired CERT_HAS_EXPIRED", /not valid/, /clock/],
  ["another service at the address", "ERR_TLS_CERT_ALTNAME_INVALID", /another name/, /DNS/],
  ["no TLS at the address", "SSL routines: wrong version number", /does not speak TLS/, /HTTPS_PROXY/],
  ["a proxy's refusal", "Proxy response (407) !== 200 when HTTP Tunneling", /refuses.*\(407\)/, /password/],
  ["a service that hangs", "Headers Timeout Error UND_ERR_HEADERS_TIMEOUT", /in time/, /firewall/],
  ["a wrong secret", "AADSTS7000215: Invalid client secret provided.", /refuses the client secret/, /up/],
  [
    "an expired secret",
    "AADSTS7000222: The provided client secret keys are expired.",
    /has expired/,
    /handover/,
  ],
  [
    "an unknown app",
    "AADSTS700016: Application with identifier 'x' was not found",
    /no application/,
    /tenantId/,
  ],
  ["no federated match", "AADSTS70021: No matching federated identity record found", /federated/, /issuer/],
  [
    "a skewed clock",
    "AADSTS700024: Client assertion is not within its valid time range.",
    /time range/,
    /clock/,
  ],
  ["an unknown tenant", "AADSTS90002: Tenant 'x' not found.", /no such Microsoft Entra tenant/, /cloud/],
  [
    "the local tenant down",
    "connect ECONNREFUSED 127.0.0.1:8443",
    /nothing answers at 127\.0\.0\.1:8443/,
    /tenant start/,
  ],
  [
    "the local tenant down, as Go says it",
    "dial tcp 127.0.0.1:9443: connect: connection refused",
    /127\.0\.0\.1:9443/,
    /tenant start/,
  ],
  ["a refused connection elsewhere", "connect ECONNREFUSED 20.1.2.3:443", /refused or broke off/, /proxy/],
  [
    "an unknown host",
    "getaddrinfo ENOTFOUND graph.microsoft.cn",
    /graph\.microsoft\.cn was not found/,
    /cloud/,
  ],
  ["an unknown authority", "SELF_SIGNED_CERT_IN_CHAIN", /doesn't trust/, /NODE_EXTRA_CA_CERTS/],
  [
    "an unknown authority, as Go says it",
    "x509: certificate signed by unknown authority",
    /doesn't trust/,
    /SSL_CERT_FILE/,
  ],
  ["throttling with a wait", "429 TooManyRequests Retry-After: 17", /throttles/, /Wait 17 s/],
  ["unavailability", "answered 503 ServiceUnavailable", /unavailable/, /again/],
  [
    "consent refused",
    "azuread:index/appRoleAssignment:AppRoleAssignment: POST /servicePrincipals/x/appRoleAssignedTo answered 403 Authorization_RequestDenied",
    /AppRoleAssignment\.ReadWrite\.All/,
    /consent: request/,
  ],
  [
    "a directory role refused",
    "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment: 403 Insufficient privileges",
    /RoleManagement\.ReadWrite\.Directory/,
    /consent: request/,
  ],
  [
    "registrations refused",
    "azuread:index/application:Application: 403 Authorization_RequestDenied",
    /Application\.ReadWrite\.OwnedBy/,
    /owners/,
  ],
  [
    "a missing first-party principal",
    "The tenant has no service principal of X. Create it once:  az ad sp create --id c5393580-f805-4401-95e8-94b7a6ef2fc2",
    /Office 365 Management APIs/,
    /az ad sp create --id c5393580-f805-4401-95e8-94b7a6ef2fc2/,
  ],
  ["a lock", "the stack is currently locked by 1 lock(s)", /Another deployment/, /pulumi cancel/],
  ["a wrong passphrase", "error: incorrect passphrase", /can't be decrypted/, /PULUMI_CONFIG_PASSPHRASE/],
  [
    "a vault's refusal",
    "ForbiddenByRbac: Caller is not authorized",
    /vault refuses/,
    /Key Vault Secrets User/,
  ],
];

describe("the diagnosis of known failures", () => {
  it.each(cases)("says cause and next step of %s", (_name, said, problem, next) => {
    const diagnosis = diagnose(said);
    expect(diagnosis?.problem).toMatch(problem);
    expect(diagnosis?.next).toMatch(next);
  });

  it("ends every sentence and never leaves a next step out", () => {
    for (const [, said] of cases) {
      expect(diagnose(said)?.problem).toMatch(/[.)]$/);
      expect(diagnose(said)?.next).not.toBe("");
    }
    expect(knownFailures.length).toBeGreaterThan(20);
  });

  it("looks into causes, gathered errors and telling fields", () => {
    const inner = Object.assign(new Error("fetch failed"), {
      code: "ECONNREFUSED",
      address: "127.0.0.1",
      port: 1,
    });
    expect(diagnose(new Error("outer", { cause: inner }))?.problem).toMatch(/local tenant is not running/);
    expect(diagnose(new AggregateError([inner], "all failed"))?.problem).toMatch(/local tenant/);
    expect(diagnose(Object.assign(new Error("graph"), { statusCode: 429 }))?.problem).toMatch(/throttles/);
  });

  it("knows nothing of what it doesn't know", () => {
    expect(diagnose(new Error("a bolt is loose"))).toBeUndefined();
    expect(diagnose(undefined)).toBeUndefined();
  });
});

describe("errors for people", () => {
  it("leaves errors that were written for people as they are", () => {
    const own = new UserError("No.", { next: "Yes." });
    expect(asUserError(own)).toBe(own);
    const other = Object.assign(new Error("There is no engine."), { next: "Install one." });
    expect(asUserError(other)).toMatchObject({
      message: "There is no engine.",
      next: "Install one.",
      exitCode: 1,
    });
    const settings = Object.assign(new Error("Pulumi.x.yaml has 2 problems"), { name: "SettingsError" });
    expect(asUserError(settings).message).toBe("Pulumi.x.yaml has 2 problems");
  });

  it("says of anything else that it is unexpected, and how to see where", () => {
    expect(asUserError(new TypeError("x is undefined"))).toMatchObject({
      message: "Unexpected failure: x is undefined",
      next: expect.stringContaining("--debug"),
    });
  });
});
