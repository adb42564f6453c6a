import type { Command } from "@commander-js/extra-typings";
import { registerAudit } from "./permissions-audit";
import { registerDeployer } from "./permissions-deployer";
import { registerDiff } from "./permissions-diff";
import { registerExplain } from "./permissions-explain";
import { registerList } from "./permissions-list";
import { registerLock } from "./permissions-lock";
import { registerManifest } from "./permissions-manifest";

/** `permissions …`: what the connectors may do, before anything is deployed. */
export function register(program: Command): void {
  const permissions = program
    .command("permissions")
    .description("what the connectors of a stack ask for, and why");
  registerManifest(permissions);
  registerLock(permissions);
  registerDiff(permissions);
  registerList(permissions);
  registerExplain(permissions);
  registerDeployer(permissions);
  registerAudit(permissions);
}
