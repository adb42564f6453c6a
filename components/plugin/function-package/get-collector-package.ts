import { z } from "zod";
import { functionType } from "../serve";
import type { SiteSession } from "./site-session";

/**
 * The hash of the package that this plugin would push. The program asks while it looks at the tenants: meanwhile the
 * plugin starts, and builds where there is something to build.
 */
export const getCollectorPackage = functionType({
  token: "entra-connectors:index:getCollectorPackage",
  description: "The collector's package, built from the sources beside the plugin.",
  inputs: z.strictObject({}),
  run: async (session: SiteSession) => ({ sha256: (await session.buildPackage()).sha256 }),
});
