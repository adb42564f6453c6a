/** Deleted secrets: listed, read, recovered, purged. */
import type { Hono } from "hono";
import { permit } from "../access";
import type { VaultEnvironment } from "../environment";
import { recoverableDays } from "../items";
import type { DeletedItem, SecretVersion } from "../model";
import { page } from "../requests";
import type { Vault } from "../vault";
import { secretItem } from "./secrets";

const day = 86_400;

/** A deleted secret as the REST API shows it. */
export function deletedSecret(
  vault: Vault,
  deletion: DeletedItem,
  last: SecretVersion,
): Record<string, unknown> {
  return {
    recoveryId: `${vault.origin()}/deletedsecrets/${deletion.name}`,
    deletedDate: deletion.deletedDate,
    scheduledPurgeDate: deletion.deletedDate + recoverableDays * day,
    ...secretItem(vault, last, true),
  };
}

/** Adds the calls on deleted secrets to the vault's app. */
export function deletedSecretRoutes(app: Hono<VaultEnvironment>, vault: Vault): void {
  app.get("/deletedsecrets", (context) => {
    permit(vault, context.get("caller"), "secrets/readMetadata/action");
    const items = vault.secrets
      .allDeleted()
      .map(({ deletion, last }) => deletedSecret(vault, deletion, last));
    return context.json(page(items, new URL(context.req.url), vault.origin()) as object);
  });

  app.get("/deletedsecrets/:name", (context) => {
    const name = context.req.param("name");
    permit(vault, context.get("caller"), "secrets/readMetadata/action", `secrets/${name}`);
    const { deletion, last } = vault.secrets.getDeleted(name);
    return context.json(deletedSecret(vault, deletion, last) as object);
  });

  app.post("/deletedsecrets/:name/recover", (context) => {
    const name = context.req.param("name");
    permit(vault, context.get("caller"), "secrets/recover/action", `secrets/${name}`);
    return context.json(secretItem(vault, vault.secrets.recover(name), true) as object);
  });

  app.delete("/deletedsecrets/:name", (context) => {
    const name = context.req.param("name");
    permit(vault, context.get("caller"), "secrets/purge/action", `secrets/${name}`);
    vault.secrets.purge(name, vault.purgeProtected());
    return context.body(null, 204);
  });
}
