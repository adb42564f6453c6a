import type { Cloud } from "../../clouds/cloud";
import { buildCollectorPackage, type FunctionPackageFile } from "../../collector/package";
import type { Operation } from "../serve";
import type { SignedInCloud } from "../signed-in-cloud";
import { ForeignSiteError } from "./errors";
import { ScmClient, type Send } from "./scm-client";

/** Opens deployment sites, signed in as who deploys, and has the package that goes there. */
export interface SiteSession {
  openSite(scmHost: string, operation: Operation): Promise<ScmClient>;
  buildPackage(): Promise<FunctionPackageFile>;
}

/** Deployment sites of the cloud that `signedIn` finds. */
export function connectSites(
  signedIn: () => Promise<SignedInCloud>,
  build: () => Promise<FunctionPackageFile> = buildCollectorPackage,
  send: Send = fetch,
): SiteSession {
  let built: Promise<FunctionPackageFile> | undefined;
  return {
    openSite: async (scmHost, operation) => {
      const { cloud, tokens } = await signedIn();
      refuseForeignSite(scmHost, cloud);
      const scope = `${cloud.arm.replace(/\/+$/, "")}/.default`;
      return new ScmClient(scmHost, () => tokens(scope, operation.signal), operation, send);
    },
    // One build serves all function apps of a deployment; a failed one is not kept.
    buildPackage: () => {
      built ??= build();
      built.catch(() => {
        built = undefined;
      });
      return built;
    },
  };
}

/** A token for Azure Resource Manager goes to hosts of the cloud alone. */
function refuseForeignSite(host: string, cloud: Cloud): void {
  if (!cloud.authority.verifyVaultChallenge) return;
  if (host.toLowerCase().endsWith(`.${cloud.scmSuffix}`)) return;
  throw new ForeignSiteError(
    `The deployment site ${host} is not in the cloud ${cloud.name}, whose sites end in .${cloud.scmSuffix}. Check scmHost and the setting \`cloud\`.`,
  );
}
