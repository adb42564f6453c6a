/** Certificates ("Certificates" of the Key Vault REST API reference); issuer Self, RSA. */
import type { Hono } from "hono";
import { permit } from "../access";
import type { VaultEnvironment } from "../environment";
import { notFound, VaultError } from "../errors";
import type { CertificateVersion } from "../model";
import { checkName, page, parseBody } from "../requests";
import { attributesOf } from "../secrets/secrets";
import type { Vault } from "../vault";
import {
  certificateBundle,
  certificateItem,
  deletedCertificate,
  isIssued,
  pendingOperation,
  shownPolicy,
} from "./certificates";
import { issueCertificate } from "./issue";
import { createBody, keptPolicy, updateBody } from "./policy";

/** How long making a certificate takes, milliseconds. */
const issuingTime = 300;

/** Adds the calls on certificates to the vault's app. */
export function certificateRoutes(app: Hono<VaultEnvironment>, vault: Vault): void {
  app.post("/certificates/:name/create", async (context) => {
    const name = checkName(context.req.param("name"));
    permit(vault, context.get("caller"), "certificates/create/action", `certificates/${name}`);
    const version = await createCertificate(vault, name, context.req.raw);
    context.header(
      "Location",
      `${vault.origin()}/certificates/${name}/pending?api-version=7.4&request_id=${version.version}`,
    );
    context.header("Retry-After", "1");
    return context.json(pendingOperation(vault, version) as object, 202);
  });

  app.get("/certificates", (context) => {
    permit(vault, context.get("caller"), "certificates/read");
    const items = vault.certificates.latest().map((version) => certificateItem(vault, version, false));
    return context.json(page(items, new URL(context.req.url), vault.origin()) as object);
  });

  app.get("/certificates/:name/pending", (context) => {
    const name = context.req.param("name");
    permit(vault, context.get("caller"), "certificates/read", `certificates/${name}`);
    return context.json(pendingOperation(vault, vault.certificates.get(name)) as object);
  });

  app.get("/certificates/:name/policy", (context) => {
    const name = context.req.param("name");
    permit(vault, context.get("caller"), "certificates/read", `certificates/${name}`);
    return context.json(shownPolicy(vault, vault.certificates.get(name)) as object);
  });

  app.get("/certificates/:name/versions", (context) => {
    const name = context.req.param("name");
    permit(vault, context.get("caller"), "certificates/read", `certificates/${name}`);
    const items = vault.certificates.history(name).map((version) => certificateItem(vault, version, true));
    return context.json(page(items, new URL(context.req.url), vault.origin()) as object);
  });

  app.get("/certificates/:name/:version?", (context) => {
    const { name, version } = context.req.param();
    permit(vault, context.get("caller"), "certificates/read", `certificates/${name}`);
    return context.json(certificateBundle(vault, issuedVersion(vault, name, version)) as object);
  });

  app.patch("/certificates/:name/:version?", async (context) => {
    const { name, version } = context.req.param();
    permit(vault, context.get("caller"), "certificates/update/action", `certificates/${name}`);
    const change = await parseBody(context.req.raw, updateBody);
    const before = vault.certificates.get(name, version);
    const after = vault.certificates.put({
      ...before,
      attributes: {
        ...attributesOf({ enabled: change.attributes?.enabled }, before.attributes),
        updated: vault.now(),
      },
      tags: change.tags ?? before.tags,
    });
    return context.json(certificateBundle(vault, after) as object);
  });

  app.delete("/certificates/:name", (context) => {
    const name = context.req.param("name");
    permit(vault, context.get("caller"), "certificates/delete", `certificates/${name}`);
    const last = vault.certificates.get(name);
    return context.json(deletedCertificate(vault, vault.certificates.remove(name), last) as object);
  });
}

async function createCertificate(vault: Vault, name: string, request: Request): Promise<CertificateVersion> {
  const input = await parseBody(request, createBody);
  if (vault.secrets.history(name).length > 0) {
    throw new VaultError(
      409,
      "Conflict",
      `A secret ${name} is there already, so no certificate can have that name.`,
    );
  }
  const policy = keptPolicy(input.policy);
  const issued = await issueCertificate(policy, vault.now());
  const { now, ...place } = vault.certificates.newVersion(name);
  return vault.certificates.put({
    ...place,
    certificate: issued.certificate,
    sealedKey: vault.sealing.seal(issued.privateKeyPem),
    policy,
    issuedAt: vault.tenant.clock.now() + issuingTime,
    attributes: {
      enabled: input.attributes?.enabled ?? true,
      nbf: issued.notBefore,
      exp: issued.notAfter,
      created: now,
      updated: now,
    },
    tags: input.tags ?? {},
  });
}

/** The named version, or the latest that is issued. */
function issuedVersion(vault: Vault, name: string, version?: string): CertificateVersion {
  const issued = vault.certificates.history(name).filter((one) => isIssued(vault, one));
  const found = version ? issued.find((one) => one.version === version) : issued.at(-1);
  if (found === undefined) throw notFound("certificate", name);
  return found;
}
