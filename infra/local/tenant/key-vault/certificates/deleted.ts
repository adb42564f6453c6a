/** Deleted certificates: listed, read, recovered, purged. */
import type { Hono } from "hono";
import { permit } from "../access";
import type { VaultEnvironment } from "../environment";
import { page } from "../requests";
import type { Vault } from "../vault";
import { certificateBundle, deletedCertificate } from "./certificates";

/** Adds the calls on deleted certificates to the vault's app. */
export function deletedCertificateRoutes(app: Hono<VaultEnvironment>, vault: Vault): void {
  app.get("/deletedcertificates", (context) => {
    permit(vault, context.get("caller"), "certificates/read");
    const items = vault.certificates
      .allDeleted()
      .map(({ deletion, last }) => deletedCertificate(vault, deletion, last));
    return context.json(page(items, new URL(context.req.url), vault.origin()) as object);
  });

  app.get("/deletedcertificates/:name", (context) => {
    const name = context.req.param("name");
    permit(vault, context.get("caller"), "certificates/read", `certificates/${name}`);
    const { deletion, last } = vault.certificates.getDeleted(name);
    return context.json(deletedCertificate(vault, deletion, last) as object);
  });

  app.post("/deletedcertificates/:name/recover", (context) => {
    const name = context.req.param("name");
    permit(vault, context.get("caller"), "certificates/recover/action", `certificates/${name}`);
    return context.json(certificateBundle(vault, vault.certificates.recover(name)) as object);
  });

  app.delete("/deletedcertificates/:name", (context) => {
    const name = context.req.param("name");
    permit(vault, context.get("caller"), "certificates/purge/action", `certificates/${name}`);
    vault.certificates.purge(name, vault.purgeProtected());
    return context.body(null, 204);
  });
}
