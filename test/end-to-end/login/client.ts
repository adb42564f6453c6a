/**
 * A program of its own that signs in with @azure/identity as any program does: the authority that it must trust and
 * the proxy it goes through come from its environment. Takes a `SignIn` as JSON, prints a `SignInResult`.
 */
import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from "@azure/identity";

/** What to sign in with. */
export interface SignIn {
  readonly kind: "secret" | "certificate" | "assertion" | "identity";
  readonly authorityHost?: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly scope: string;
  readonly secret?: string;
  /** PEM of certificate and private key. */
  readonly certificate?: string;
  /** Client id of the managed identity. */
  readonly identity?: string;
}

/** What came of it. */
export interface SignInResult {
  readonly token?: string;
  readonly error?: string;
}

function credentialOf(signIn: SignIn): TokenCredential {
  const { authorityHost, clientId, identity = "", tenantId } = signIn;
  const options = {
    disableInstanceDiscovery: true,
    retryOptions: { maxRetries: 0 },
    ...(authorityHost === undefined ? {} : { authorityHost }),
  };
  switch (signIn.kind) {
    case "secret":
      return new ClientSecretCredential(tenantId, clientId, signIn.secret ?? "", options);
    case "certificate":
      return new ClientCertificateCredential(
        tenantId,
        clientId,
        { certificate: signIn.certificate ?? "" },
        options,
      );
    case "identity":
      return new ManagedIdentityCredential({ clientId: identity });
    case "assertion": {
      const managed = new ManagedIdentityCredential({ clientId: identity });
      const assertion = async () => (await managed.getToken("api://AzureADTokenExchange/.default")).token;
      return new ClientAssertionCredential(tenantId, clientId, assertion, options);
    }
  }
}

async function main(): Promise<void> {
  const signIn = JSON.parse(process.argv[2] ?? "{}") as SignIn;
  const result: SignInResult = await credentialOf(signIn)
    .getToken(signIn.scope)
    .then(
      (token) => ({ token: token?.token ?? "" }),
      (error: unknown) => ({ error: String(error) }),
    );
  process.stdout.write(JSON.stringify(result));
}

void main();
