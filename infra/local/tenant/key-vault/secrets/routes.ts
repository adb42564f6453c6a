/** Secrets ("Secrets" of the Key Vault REST API reference). */
import type { Hono } from "hono";
import { z } from "zod";
import { permit } from "../access";
import { certificateSecret } from "../certificates/certificate-secret";
import type { VaultEnvironment } from "../environment";
import { VaultError } from "../errors";
import { attributesInput, checkName, page, parseBody, tagsInput } from "../requests";
import type { Vault } from "../vault";
import { deletedSecret } from "./deleted";
import { attributesOf, secretBundle, secretItem, setSecret } from "./secrets";

const largestValue = 25 * 1024;
const setBody = z.object({
  value: z.string().max(largestValue, "longer than 25 KB"),
  contentType: z.string().max(255).optional(),
  attributes: attributesInput,
  tags: tagsInput,
});
const updateBody = z.object({
  contentType: z.string().max(255).optional(),
  attributes: attributesInput,
  tags: tagsInput,
});

/** Adds the calls on secrets to the vault's app. */
export function secretRoutes(app: Hono<VaultEnvironment>, vault: Vault): void {
  app.put("/secrets/:name", async (context) => {
    const name = checkName(context.req.param("name"));
    permit(vault, context.get("caller"), "secrets/setSecret/action", `secrets/${name}`);
    const input = await parseBody(context.req.raw, setBody);
    if (vault.certificates.history(name).length > 0) {
      throw new VaultError(409, "Conflict", `The secret ${name} belongs to a certificate and can't be set.`);
    }
    return context.json(secretBundle(vault, setSecret(vault, name, input)) as object);
  });

  app.get("/secrets", (context) => {
    permit(vault, context.get("caller"), "secrets/readMetadata/action");
    const items = vault.secrets.latest().map((secret) => secretItem(vault, secret, false));
    return context.json(page(items, new URL(context.req.url), vault.origin()) as object);
  });

  app.get("/secrets/:name/versions", (context) => {
    const name = context.req.param("name");
    permit(vault, context.get("caller"), "secrets/readMetadata/action", `secrets/${name}`);
    const items = vault.secrets.history(name).map((secret) => secretItem(vault, secret, true));
    return context.json(page(items, new URL(context.req.url), vault.origin()) as object);
  });

  app.get("/secrets/:name/:version?", (context) => {
    const { name, version } = context.req.param();
    permit(vault, context.get("caller"), "secrets/getSecret/action", `secrets/${name}`);
    const secret = certificateSecret(vault, name, version) ?? vault.secrets.get(name, version);
    if (!secret.attributes.enabled) {
      throw new VaultError(
        403,
        "Forbidden",
        "Operation get is not allowed on a disabled secret.",
        "SecretDisabled",
      );
    }
    return context.json(secretBundle(vault, secret) as object);
  });

  app.patch("/secrets/:name/:version?", async (context) => {
    const { name, version } = context.req.param();
    permit(vault, context.get("caller"), "secrets/update/action", `secrets/${name}`);
    const change = await parseBody(context.req.raw, updateBody);
    const before = vault.secrets.get(name, version);
    const after = vault.secrets.put({
      ...before,
      ...(change.contentType === undefined ? {} : { contentType: change.contentType }),
      attributes: { ...attributesOf(change.attributes, before.attributes), updated: vault.now() },
      tags: change.tags ?? before.tags,
    });
    return context.json(secretItem(vault, after, true) as object);
  });

  app.delete("/secrets/:name", (context) => {
    const name = context.req.param("name");
    permit(vault, context.get("caller"), "secrets/delete", `secrets/${name}`);
    const last = vault.secrets.get(name);
    return context.json(deletedSecret(vault, vault.secrets.remove(name), last) as object);
  });
}
