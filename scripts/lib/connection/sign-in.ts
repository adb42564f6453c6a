/** Signing in as a connector, with the same credential the vendor's product was given. */
import type { TokenCredential } from "@azure/identity";
import { decodeJwt } from "jose";
import { z } from "zod";
import type { Cloud } from "../../../components/clouds";
import type { ConnectorOutput, CredentialOutput, StackOutputs } from "../../../infra/outputs";
import { authorityOptions, operatorCredential } from "../azure/credential";
import { lazyCredential } from "../azure/lazy-credential";
import { readSecret } from "../azure/vault";
import { UserError } from "../errors";
import type { GrantedRoles } from "./compare-roles";

/** A credential in clear, kept in memory only. */
export interface SignIn {
  /** Which credential it is, in words: `client secret`. */
  readonly label: string;
  readonly output: CredentialOutput;
  /** A credential object without cached tokens, so that each look at the roles is a fresh one. */
  readonly fresh: () => TokenCredential;
}

const credentialNames: Readonly<Record<CredentialOutput["kind"], string>> = {
  clientSecret: "client secret",
  certificate: "certificate",
  vendorCertificate: "vendor's certificate",
  federated: "federated",
};

/** The kind of a credential in words. */
export function credentialName(kind: CredentialOutput["kind"]): string {
  return credentialNames[kind];
}

/** The credential a person hands over and a test signs in with: the current slot of the first kind that has a value. */
export function currentCredential(connector: ConnectorOutput): CredentialOutput | undefined {
  const current = connector.credentials.filter((credential) => credential.current);
  return current.find(({ secretName, secretOutput }) => secretName ?? secretOutput) ?? current[0];
}

/**
 * Gets the value of the connector's current credential and makes a sign-in of it.
 * @returns undefined when the credential's value is not the stack's to have (a vendor's key, a collector's identity)
 */
export async function signInOf(
  connector: ConnectorOutput,
  outputs: StackOutputs,
  cloud: Cloud,
): Promise<SignIn | undefined> {
  const output = currentCredential(connector);
  if (!output || output.kind === "federated" || output.kind === "vendorCertificate") return undefined;
  // The key of the collector's certificate never leaves its vault.
  if (output.kind === "certificate" && output.vaultUri !== null && connector.profile === "collector")
    return undefined;
  const value = await credentialValue(output, outputs, cloud);
  const { tenantId, clientId } = connector;
  const options = authorityOptions(cloud);
  const fresh = () =>
    lazyCredential(({ ClientCertificateCredential, ClientSecretCredential }) =>
      output.kind === "clientSecret"
        ? new ClientSecretCredential(tenantId, clientId, value, options)
        : new ClientCertificateCredential(tenantId, clientId, { certificate: value }, options),
    );
  return { label: credentialName(output.kind), output, fresh };
}

/**
 * The value of a credential, from the vault or from the stack's encrypted outputs.
 * @throws UserError when the stack doesn't know where it is
 */
export async function credentialValue(
  credential: CredentialOutput,
  outputs: StackOutputs,
  cloud: Cloud,
): Promise<string> {
  const { vaultUri, secretName, secretOutput } = credential;
  if (vaultUri && secretName) {
    const tenantId = process.env.ARM_TENANT_ID ?? process.env.AZURE_TENANT_ID ?? "";
    return readSecret({ vaultUri, secretName }, cloud, operatorCredential(tenantId, cloud));
  }
  const value = secretOutput ? outputs.secrets[secretOutput] : undefined;
  if (value !== undefined) return value;
  throw new UserError(`The stack has no value for ${credential.displayName}.`, {
    next: "Deploy it again: npm run -s cli -- up",
  });
}

const claims = z.looseObject({ roles: z.array(z.string()).default([]) });

/** Gets a fresh token for each API and reads the app roles it carries. */
export async function grantedRoles(signIn: SignIn, resourceAppIds: readonly string[]): Promise<GrantedRoles> {
  const credential = signIn.fresh();
  const entries = await Promise.all(
    resourceAppIds.map(async (appId): Promise<[string, string[]]> => {
      const token = await credential.getToken(`${appId}/.default`);
      return [appId, token ? claims.parse(decodeJwt(token.token)).roles : []];
    }),
  );
  return new Map(entries);
}
