/**
 * The failures that people meet, with cause and next step. The first row whose sign is found (and `also`, where given) is the
 * diagnosis, so what is more telling stands higher. Sources: "Microsoft Entra authentication and authorization error codes",
 * "Microsoft Graph error responses and resource types", "Microsoft Graph throttling guidance".
 */
import { apis } from "../../../components/permissions/catalogue/apis";

type Words = string | ((match: RegExpExecArray, text: string) => string);

/** One row. */
export interface KnownFailure {
  readonly sign: RegExp;
  /** A second sign that must be there too. */
  readonly also?: RegExp;
  readonly problem: Words;
  readonly next: Words;
}

const localFolder =
  "What runs on this machine keeps its files below .local, or where ENTRA_CONNECTORS_LOCAL says.";

const denied = /403|Authorization_RequestDenied|Insufficient privileges/i;

/** Errors of the token endpoint, by their AADSTS code. */
const signIn: readonly KnownFailure[] = [
  {
    sign: /AADSTS7000215/,
    problem: "Microsoft Entra refuses the client secret: it is not one of the registration's secrets.",
    next: "Deploy the stack again (npm run -s cli -- up): it writes the current secret. If the vendor's product says this, hand it over again: npm run -s cli -- handover",
  },
  {
    sign: /AADSTS7000222/,
    problem: "The client secret has expired.",
    next: "Deploy the stack: npm run -s cli -- up. It renews the slot; then hand the new secret over: npm run -s cli -- handover",
  },
  {
    sign: /AADSTS700027/,
    problem: "Microsoft Entra doesn't know the certificate that signed in.",
    next: "Deploy the stack again (npm run -s cli -- up), so that the registration carries the certificate in use.",
  },
  {
    sign: /AADSTS700016/,
    problem: "The tenant has no application with this client id.",
    next: "A registration made a moment ago takes up to a minute: try again. Else check tenantId in the stack file, or deploy: npm run -s cli -- up",
  },
  {
    sign: /AADSTS70021\d*/,
    problem: "No federated credential of the registration matches the identity that signs in.",
    next: "Compare issuer, subject and audience of the identity with the registration's federated credential, then deploy: npm run -s cli -- up",
  },
  {
    sign: /AADSTS700024/,
    problem: "The signed assertion is outside its time range: the clocks differ.",
    next: "Set this machine's clock by a time server.",
  },
  {
    sign: /AADSTS90002/,
    problem: "There is no such Microsoft Entra tenant.",
    next: "Check tenantId and cloud of the connector, and azure.tenantId, in the stack file: a tenant of another national cloud is not found either.",
  },
  {
    sign: /AADSTS7000112/,
    problem: "The application is disabled in the tenant.",
    next: "Enable it: Entra admin center > Enterprise applications > the application > Properties > Enabled for users to sign in.",
  },
  {
    sign: /AADSTS(?:70043|700082|50173|50076|50078|50079|50058)\b/,
    problem: "Your own sign-in has ended, or the tenant wants a second factor.",
    next: "Sign in again: az login --tenant <tenant>",
  },
  {
    sign: /AADSTS53003|AADSTS530/,
    problem: "A Conditional Access policy for workload identities blocks the sign-in.",
    next: "Exclude the application from the policy or sign in from an allowed location.",
  },
];

/** The way to the service. */
const transport: readonly KnownFailure[] = [
  {
    sign: /ECONNREFUSED(?: (127\.0\.0\.1|::1|localhost):(\d+))?|dial tcp (127\.0\.0\.1):(\d+): connect: connection refused/,
    also: /127\.0\.0\.1|::1|localhost/,
    problem: (match) =>
      `The local tenant is not running: nothing answers at 127.0.0.1:${match[2] ?? match[4] ?? "8443"}.`,
    next: "Start it: npm run -s cli -- tenant start",
  },
  {
    sign: /ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|UND_ERR_SOCKET|connection refused|socket hang up/,
    problem: "The connection to the service was refused or broke off.",
    next: "Check network, proxy (HTTPS_PROXY) and firewall, then try again.",
  },
  {
    sign: /(?:ENOTFOUND|EAI_AGAIN) ?([\w.-]*)|no such host/,
    problem: (match) => `The host ${match[1] || "of the service"} was not found by name.`,
    next: "Check the network's DNS, and `cloud` and `graphDomain` in the stack file.",
  },
  {
    sign: /SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF|UNABLE_TO_GET_ISSUER_CERT|DEPTH_ZERO_SELF_SIGNED|x509: certificate signed by unknown authority|unable to get local issuer certificate/,
    problem: "The service's certificate is signed by an authority that this machine doesn't trust.",
    next: "Name the authority's certificate in NODE_EXTRA_CA_CERTS and SSL_CERT_FILE. For the local tenant: npm run -s cli -- shell-env prints both.",
  },
  {
    sign: /CERT_HAS_EXPIRED|certificate has expired|CERT_NOT_YET_VALID/,
    problem: "The service's certificate is not valid at this moment.",
    next: "Set this machine's clock by a time server; where it is right, whoever runs the service or the proxy before it must renew the certificate.",
  },
  {
    sign: /ERR_TLS_CERT_ALTNAME_INVALID|does not match certificate's altnames/,
    problem: "Something else answers at the service's address: its certificate is for another name.",
    next: "Check the network's DNS and proxy (HTTPS_PROXY), and `cloud` and `graphDomain` in the stack file.",
  },
  {
    sign: /EPROTO|ERR_SSL_|wrong version number/,
    problem: "What answers at the service's address does not speak TLS as this machine does.",
    next: "Check the proxy (HTTPS_PROXY: its own address begins with http:// as a rule) and the firewall.",
  },
  {
    sign: /Proxy response \((\d+)\)|HTTP Tunneling[^\n]*/,
    problem: (match) => `The proxy refuses the connection${match[1] ? ` (${match[1]})` : ""}.`,
    next: "Check HTTPS_PROXY with its user and password; hosts that need no proxy belong in NO_PROXY.",
  },
  {
    sign: /UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT|TimeoutError/,
    problem: "The service took the request and did not answer in time.",
    next: "Run it again in a few minutes; if it stays, look at the proxy or firewall in between.",
  },
  {
    sign: /\b429\b|TooManyRequests|Too Many Requests|throttl/i,
    problem: "The service throttles: too many requests in a short time (429).",
    next: (_match, text) => `Wait ${retryAfter(text) ?? "a few minutes"} and run it again.`,
  },
  {
    sign: /\b50[34]\b|ServiceUnavailable|Service Unavailable|serviceNotAvailable/,
    problem: "The service is unavailable at the moment (503).",
    next: "Run it again in a few minutes; Azure status: https://azure.status.microsoft",
  },
];

/** What the deployer may not do or does not find. */
const deployment: readonly KnownFailure[] = [
  {
    sign: /appRoleAssignment:AppRoleAssignment|appRoleAssignedTo/,
    also: denied,
    problem: "The deployer may not grant application permissions: it lacks AppRoleAssignment.ReadWrite.All.",
    next: "Grant it to the deployer, or set `consent: request`: an administrator then grants the permissions by the link that test-connection prints.",
  },
  {
    sign: /directoryRoleAssignment:DirectoryRoleAssignment|roleManagement\/directory\/roleAssignments/,
    also: denied,
    problem: "The deployer may not assign directory roles: it lacks RoleManagement.ReadWrite.Directory.",
    next: "Grant it to the deployer, or set `consent: request`: an administrator then assigns the role.",
  },
  {
    sign: /azuread:index\/\w+:\w+|\/applications/,
    also: denied,
    problem:
      "The deployer may not manage app registrations: it lacks Application.ReadWrite.OwnedBy (and Application.Read.All for look-ups).",
    next: "Grant both to the deployer. Registrations that somebody else made must list it among their owners.",
  },
  {
    sign: /(?:no service principal|service ?principal[^\n]*(?:not found|was not found|does not exist))[^\n]*?([0-9a-f]{8}-[0-9a-f-]{27})/i,
    problem: (match) => `The tenant has no service principal of ${firstParty(match[1])}.`,
    next: (match) =>
      `An administrator creates it once: az ad sp create --id ${match[1]}\nIf it is there, whoever deploys lacks Application.Read.All and sees only what it owns.`,
  },
  {
    sign: /Directory_QuotaExceeded/,
    problem: "The tenant's directory quota is used up.",
    next: "Delete registrations that are no longer needed for good (deleted ones count for 30 days), or have the quota raised.",
  },
  {
    sign: /currently locked by/,
    problem: "Another deployment of this stack is running, or one on another machine was interrupted.",
    next: "Wait for it to end. When it is dead: pulumi cancel, then run this again.",
  },
  {
    sign: /PULUMI_ACCESS_TOKEN must be set|no Pulumi(?:\.com)? access token|invalid access token|not logged in/i,
    problem: "You are not logged in where Pulumi keeps the state of your stacks.",
    next: "Log in: pulumi login <where>, for example azblob://container?storage_account=name (without <where>: Pulumi Cloud).\nIn a pipeline set PULUMI_BACKEND_URL, or PULUMI_ACCESS_TOKEN for Pulumi Cloud.",
  },
  {
    sign: /incorrect passphrase|PULUMI_CONFIG_PASSPHRASE/,
    problem: "The stack's secrets can't be decrypted: the passphrase is missing or wrong.",
    next: "Set PULUMI_CONFIG_PASSPHRASE (or PULUMI_CONFIG_PASSPHRASE_FILE).",
  },
  {
    sign: /AuthorizationFailed|does not have authorization to perform action '([^']+)'/,
    problem: (match) => `The deployer lacks an Azure role${match[1] ? `: ${match[1]} was refused` : ""}.`,
    next: "Assign it Contributor, Role Based Access Control Administrator, Key Vault Secrets Officer and Key Vault Certificates Officer on the subscription or resource group.",
  },
  {
    sign: /ForbiddenByRbac|Caller is not authorized to perform action on resource/,
    problem: "You may not read this secret: the vault refuses.",
    next: "Get the role Key Vault Secrets User on the secret or the vault (a new assignment takes some minutes).",
  },
  {
    sign: /CredentialUnavailableError|ChainedTokenCredential|EnvironmentCredential is unavailable|DefaultAzureCredential: failed to acquire a token|could not configure AzureCli Authorizer/,
    problem: "Nobody is signed in.",
    next: "Sign in by az login, or set ARM_TENANT_ID, ARM_CLIENT_ID and ARM_CLIENT_SECRET.",
  },
];

/** This machine's files. */
const files: readonly KnownFailure[] = [
  {
    sign: /\b(EACCES|EPERM|EROFS): [^\n]*?, \w+ '([^'\n]+)'/,
    problem: (match) => `This user has no access to ${match[2]} (${match[1]}).`,
    next: `Give the user the right to read and write it, or name another place. ${localFolder}`,
  },
  {
    sign: /\b(?:ENOTDIR|EEXIST|ENOENT): [^\n]*?, mkdir '([^'\n]+)'/,
    problem: (match) => `The folder ${match[1]} can't be made: part of its path is missing or is a file.`,
    next: `Name another place. ${localFolder}`,
  },
  {
    sign: /\b(ENOENT|ENOTDIR|EISDIR): [^\n]*?, \w+ '([^'\n]+)'/,
    problem: (match) => `${match[2]} is no file that can be used (${match[1]}).`,
    next: "Check the path.",
  },
  {
    sign: /\bENOSPC\b|\bEDQUOT\b/,
    problem: "The disk is full.",
    next: `Make room and run it again. ${localFolder}`,
  },
];

export const knownFailures: readonly KnownFailure[] = [...signIn, ...transport, ...deployment, ...files];

function retryAfter(text: string): string | undefined {
  const seconds = /retry[- ]after["':= ]*(\d+)/i.exec(text)?.[1];
  return seconds === undefined ? undefined : `${seconds} s`;
}

function firstParty(appId = ""): string {
  const api = Object.values(apis).find(({ resourceAppId }) => resourceAppId === appId.toLowerCase());
  return api?.displayName ?? `the application ${appId}`;
}
