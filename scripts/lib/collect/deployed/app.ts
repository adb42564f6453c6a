/** The stack's deployed function app, and the key that opens its functions. */
import { z } from "zod";
import type { CollectorAppOutput, StackOutputs } from "../../../../infra/outputs";
import { cloudOf, operatorCredential } from "../../azure/credential";
import { UserError } from "../../errors";
import { CollectorClient } from "./client";

const apiVersion = "2024-04-01";
const keysSchema = z.object({
  masterKey: z.string().optional(),
  functionKeys: z.record(z.string(), z.string()).default({}),
});

/** The app that collects. @throws UserError when the stack has none */
export function collectingApp(outputs: StackOutputs): CollectorAppOutput {
  const app = outputs.collector?.apps.find(({ mode }) => mode === "collect");
  if (app !== undefined) return app;
  throw new UserError("The stack has deployed no collector that reads.", {
    next: "Add `collector: {}` and an entry that is read to the stack file, and deploy it; or collect without --deployed.",
  });
}

/**
 * A client of the app's HTTP functions, with the app's own key, which Azure Resource Manager gives to who may manage it.
 * @param startPatience milliseconds that the app is given to start
 * @throws UserError when the operator may not
 */
export async function openApp(
  app: CollectorAppOutput,
  outputs: StackOutputs,
  startPatience?: number,
): Promise<CollectorClient> {
  const [connector] = Object.values(outputs.connectors);
  const cloud = await cloudOf(connector?.cloud ?? "public");
  const tenantId = process.env.ARM_TENANT_ID ?? process.env.AZURE_TENANT_ID ?? connector?.tenantId ?? "";
  const token = await operatorCredential(tenantId, cloud).getToken(`${cloud.arm}/.default`);
  const url = `${cloud.arm}${app.siteId}/host/default/listKeys?api-version=${apiVersion}`;
  const response = await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${token?.token ?? ""}` },
  });
  if (!response.ok) throw refusal(app.name, response.status);
  const { functionKeys, masterKey } = keysSchema.parse(await response.json());
  const key = functionKeys.default ?? Object.values(functionKeys)[0] ?? masterKey;
  if (key === undefined) throw new UserError(`The function app ${app.name} has no key.`);
  return new CollectorClient(app.name, app.url, key, startPatience);
}

function refusal(name: string, status: number): UserError {
  if (status === 404) {
    return new UserError(`The function app ${name} is not there any more.`, {
      next: "Deploy the stack again: npm run -s cli -- up --refresh",
    });
  }
  return new UserError(`Azure does not give the keys of the function app ${name} (${status}).`, {
    next: "Who signs in here needs the right Microsoft.Web/sites/host/listKeys/action on it, for example by the role Website Contributor.",
  });
}
