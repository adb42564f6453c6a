import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";

const pretendedEndpoint = {
  origin: "https://127.0.0.1:1",
  metadataHost: "127.0.0.1:1",
  proxy: "http://127.0.0.1:1",
  tenantId: "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f",
  subscriptionId: "0b1f6471-1bf0-4dda-aec3-cb9272f09590",
  domain: "contoso.example",
  pid: process.pid,
  deployer: {
    clientId: "11111111-2222-4333-8444-555555555555",
    objectId: "11111111-2222-4333-8444-555555555556",
  },
};

/** Leaves in a local folder what a running tenant would, for tests that need an engine and no tenant. */
export function pretendTenant(local: string): void {
  const tenant = join(local, "tenant");
  mkdirSync(tenant, { recursive: true });
  const caFile = join(local, "ca.pem");
  writeFileSync(caFile, rootCertificates[0] ?? "");
  writeFileSync(join(tenant, "endpoint.json"), JSON.stringify({ ...pretendedEndpoint, caFile }));
  writeFileSync(join(tenant, "deployer-secret"), "it's a $ecret\n");
}
