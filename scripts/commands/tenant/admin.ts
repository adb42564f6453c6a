import { tenantDirectory } from "../../../infra/local/paths";
import {
  AdminClient,
  TenantAdminError,
  TenantNotRunningError,
  TenantStartError,
} from "../../../infra/local/tenant/process";
import { UserError } from "../../lib/errors";

/** Runs something on the local tenant; its errors become what a person can act on. */
export async function onTenant<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw asUserError(error);
  }
}

/** Calls the admin endpoint of the tenant that runs. */
export function callAdmin(method: string, path: string, body?: unknown): Promise<unknown> {
  return onTenant(() => AdminClient.of(tenantDirectory()).call(method, path, body));
}

function asUserError(error: unknown): unknown {
  if (error instanceof TenantNotRunningError) {
    return new UserError("The local tenant is not running.", {
      next: "Start it: npm run -s cli -- tenant start",
    });
  }
  if (error instanceof TenantStartError) {
    return new UserError(`The local tenant did not start. ${error.message}`, {
      log: error.log,
      cause: error,
    });
  }
  if (error instanceof TenantAdminError) return new UserError(error.message, { cause: error });
  return error;
}
