/** Signs in as a connector's application without any standing secret. */
import type { AccessToken, GetTokenOptions, TokenCredential } from "@azure/identity";
import type { ServedConnector } from "../model/settings";
import { managedIdentityToken } from "./managed-identity";
import { vaultAssertion } from "./vault-assertion";

/** A credential that can be told to forget its tokens, when the service refuses one before its end. */
export interface ConnectorCredential extends TokenCredential {
  forget(): void;
}

const credentials = new Map<string, ConnectorCredential>();

/**
 * The credential of a connector: one a process, so that work items share its tokens.
 * @param identityClientId client id of the user-assigned identity that the function app runs as
 */
export function connectorCredential(
  connector: ServedConnector,
  identityClientId: string,
): ConnectorCredential {
  const { tenantId, clientId, cloud, credential } = connector;
  const key = JSON.stringify([tenantId, clientId, cloud.login, credential, identityClientId]);
  const known = credentials.get(key);
  if (known !== undefined) return known;
  const made = new AssertionCredential(connector, assertionSource(connector, identityClientId));
  credentials.set(key, made);
  return made;
}

/** Makes the signed statement by which the application proves itself. */
type AssertionSource = () => Promise<string>;

function assertionSource(connector: ServedConnector, identityClientId: string): AssertionSource {
  const { cloud, credential, tenantId, clientId } = connector;
  if (credential.kind === "federated")
    return () => managedIdentityToken(identityClientId, cloud.federatedAudience);
  return () => vaultAssertion({ ...credential, login: cloud.login, tenantId, clientId }, identityClientId);
}

class AssertionCredential implements ConnectorCredential {
  private inner: Promise<TokenCredential> | undefined;
  private readonly pending = new Map<string, Promise<AccessToken | null>>();

  constructor(
    private readonly connector: ServedConnector,
    private readonly assertion: AssertionSource,
  ) {}

  /** Streams that begin together ask once. */
  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken | null> {
    const key = JSON.stringify([scopes, options?.claims]);
    const known = this.pending.get(key);
    if (known !== undefined) return known;
    const asked = this.ask(scopes, options).finally(() => this.pending.delete(key));
    this.pending.set(key, asked);
    return asked;
  }

  forget(): void {
    this.inner = undefined;
  }

  private async ask(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken | null> {
    this.inner ??= this.make();
    const credential = await this.inner;
    return credential.getToken(scopes, options);
  }

  /** The library is loaded at the first sign-in, to keep the cold start short. */
  private async make(): Promise<TokenCredential> {
    const { ClientAssertionCredential } = await import("@azure/identity");
    const { tenantId, clientId, cloud } = this.connector;
    return new ClientAssertionCredential(tenantId, clientId, this.assertion, {
      authorityHost: cloud.login,
      disableInstanceDiscovery: !cloud.instanceDiscovery,
    });
  }
}
