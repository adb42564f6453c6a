/** The credentials of one connector: from what the settings say to one component each. */
import * as pulumi from "@pulumi/pulumi";
import type { VaultTargetArgs } from "../arguments";
import { Certificate } from "./certificate";
import { ClientSecret } from "./client-secret";
import { FederatedCredential } from "./federated";
import type { IssuedCredential } from "./issued";
import { VendorCertificate } from "./vendor-certificate";

/** What signs a connector in. */
export const CredentialKind = {
  /** A secret that rotates in two slots. */
  ClientSecret: "clientSecret",
  /** A generated certificate that rotates in two slots. */
  Certificate: "certificate",
  /** A certificate whose private key the vendor's product holds. */
  VendorCertificate: "vendorCertificate",
  /** A workload identity; nothing to keep or rotate. */
  Federated: "federated",
} as const;
/** What signs a connector in. */
export type CredentialKind = (typeof CredentialKind)[keyof typeof CredentialKind];

/** One credential of a connector; which fields it needs depends on its kind. */
export interface CredentialArgs {
  kind: CredentialKind;
  /** clientSecret, certificate: ISO date-time from which the generations are counted. */
  anchor?: string;
  /** clientSecret, certificate: validity of one generation, days. */
  lifetimeDays?: number;
  /** clientSecret, certificate: days for which two generations are valid side by side. */
  overlapDays?: number;
  /** certificate: whether the private key may leave the vault. @default false */
  exportable?: boolean;
  /** vendorCertificate: the public certificate, PEM. */
  certificatePem?: pulumi.Input<string>;
  /** vendorCertificate: SHA-256 thumbprint, hexadecimal. */
  thumbprint?: string;
  /** vendorCertificate: ISO date-times from the certificate. */
  notBefore?: string;
  notAfter?: string;
  /** federated: who signs the workload's token. */
  issuer?: pulumi.Input<string>;
  /** federated: who the workload is. */
  subject?: pulumi.Input<string>;
  /** federated: audience of the workload's token. @default "api://AzureADTokenExchange" */
  audience?: string;
}

/** What all credentials of one connector share. */
export interface CredentialSetContext {
  readonly name: string;
  readonly slug: string;
  readonly applicationId: pulumi.Output<string>;
  readonly asOf: string;
  readonly vault: VaultTargetArgs | undefined;
  readonly tags: { [name: string]: string } | undefined;
  readonly parent: pulumi.Resource;
}

/** What a connector can sign in with. */
export interface CredentialSet {
  readonly components: readonly pulumi.ComponentResource[];
  readonly issued: pulumi.Output<IssuedCredential[]>;
  /** Values that no vault keeps, by their name in the stack's secrets. Secret. */
  readonly values: pulumi.Output<Record<string, string>>;
}

interface MadeCredential {
  readonly component: pulumi.ComponentResource & { readonly issued: pulumi.Output<IssuedCredential[]> };
  readonly value?: readonly [secretOutput: string, value: pulumi.Output<string>];
}

/** Declares the credentials, federated ones one after the other because parallel writes to one application conflict. */
export function declareCredentials(
  credentials: readonly CredentialArgs[],
  context: CredentialSetContext,
): CredentialSet {
  const made: MadeCredential[] = [];
  let lastFederated: pulumi.Resource | undefined;
  for (const [index, credential] of credentials.entries()) {
    const options = {
      parent: context.parent,
      ...(credential.kind === "federated" && lastFederated ? { dependsOn: [lastFederated] } : {}),
    };
    const next = declare(credential, index, context, options);
    if (credential.kind === "federated") lastFederated = next.component;
    made.push(next);
  }
  const values = made.flatMap(({ value }) => (value === undefined ? [] : [value]));
  return {
    components: made.map(({ component }) => component),
    issued: pulumi.all(made.map(({ component }) => component.issued)).apply((lists) => lists.flat()),
    values: pulumi.secret(pulumi.output(Object.fromEntries(values))),
  };
}

function declare(
  credential: CredentialArgs,
  index: number,
  context: CredentialSetContext,
  options: pulumi.ComponentResourceOptions,
): MadeCredential {
  const { name, slug, applicationId, asOf, vault } = context;
  const need = <Key extends keyof CredentialArgs>(key: Key) => required(name, credential, index, key);
  const rotating = () => ({
    applicationId,
    slug,
    asOf,
    anchor: need("anchor"),
    lifetimeDays: need("lifetimeDays"),
    overlapDays: need("overlapDays"),
    ...(vault === undefined ? {} : { vault }),
  });
  switch (credential.kind) {
    case "clientSecret": {
      const tags = context.tags === undefined ? {} : { tags: context.tags };
      const component = new ClientSecret(`${name}-client-secret`, { ...rotating(), ...tags }, options);
      return vault ? { component } : { component, value: [`${slug}-client-secret`, component.value] };
    }
    case "certificate": {
      const exportable = credential.exportable ?? false;
      const component = new Certificate(`${name}-certificate`, { ...rotating(), exportable }, options);
      return vault ? { component } : { component, value: [`${slug}-certificate`, component.privateKey] };
    }
    case "vendorCertificate": {
      const thumbprint = need("thumbprint");
      const args = {
        applicationId,
        thumbprint,
        certificatePem: need("certificatePem"),
        notBefore: need("notBefore"),
        notAfter: need("notAfter"),
      };
      const suffix = thumbprint.slice(0, 8).toLowerCase();
      return { component: new VendorCertificate(`${name}-vendor-certificate-${suffix}`, args, options) };
    }
    case "federated": {
      const displayName = `${slug}-federated-${index}`;
      const audience = credential.audience === undefined ? {} : { audience: credential.audience };
      const args = {
        applicationId,
        displayName,
        issuer: need("issuer"),
        subject: need("subject"),
        ...audience,
      };
      return { component: new FederatedCredential(`${name}-federated-${index}`, args, options) };
    }
  }
}

/** @throws RunError naming the argument that this kind of credential needs. */
function required<Key extends keyof CredentialArgs>(
  name: string,
  credential: CredentialArgs,
  index: number,
  key: Key,
): NonNullable<CredentialArgs[Key]> {
  const value = credential[key];
  if (value === undefined || value === null) {
    throw new pulumi.RunError(`${name}: credentials[${index}] of kind ${credential.kind} needs ${key}.`);
  }
  return value;
}
