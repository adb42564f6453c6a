/** A project in a temporary folder with a local tenant of its own, driven by the command line as a person drives it. */
import { type ChildProcess, spawn } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { installLocalPlugins } from "../../infra/local/engine";
import { localEnvironment } from "../../infra/local/environment";
import { projectRoot } from "../../infra/local/paths";
import { JournalledStore } from "../../infra/local/tenant/core/store";
import { openDirectory } from "../../infra/local/tenant/directory/open";
import { AdminClient, startTenant, stopTenant } from "../../infra/local/tenant/process";
import { cloudOf, operatorCredential } from "../../scripts/lib/azure/credential";
import { graphClient, listAll } from "../../scripts/lib/azure/graph";
import { trustCertificates } from "../../scripts/lib/trust";
import { descendants } from "../end-to-end/engine/processes";

/** What a command said and how it ended. */
export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Answers of the Graph of the tenant that tests look into. */
type Json = Readonly<Record<string, unknown>>;

export const tenantId = "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f";

/** Two connectors without a vault: small enough to be deployed many times. */
export const twoConnectors: Json = {
  "entra-connectors:connectors": [
    { name: "Identity Manager Contoso", profile: "netwrix-identity-manager", credentials: [anchored()] },
    { name: "ConductorOne", profile: "conductorone", credentials: [anchored()] },
  ],
};

function anchored(): Json {
  return { kind: "clientSecret", anchor: "2026-01-01T00:00:00Z" };
}

/** One connector that also holds a directory role and a permission of Exchange. */
export const exchangeGroups: Json = {
  "entra-connectors:connectors": [
    {
      name: "ConductorOne",
      profile: "conductorone",
      access: "read-write",
      provision: ["accounts", "groups"],
      exchangeGroups: true,
      credentials: [anchored()],
    },
  ],
  "entra-connectors:acknowledgements": [
    {
      rule: "privileged-directory-role",
      connector: "ConductorOne",
      reason: "A test.",
      owner: "tests",
      expires: "2099-12-31",
    },
  ],
};

/** A temporary project and its tenant. */
export class Lab {
  readonly root = mkdtempSync(join(tmpdir(), "entra-connectors-faults-"));
  readonly local = join(this.root, "local");
  environment: NodeJS.ProcessEnv = {};

  async prepare(): Promise<void> {
    process.env.ENTRA_CONNECTORS_LOCAL = this.local;
    for (const name of ["infra", "components", "node_modules", "package.json", "tsconfig.json"]) {
      symlinkSync(join(projectRoot(), name), join(this.root, name));
    }
    mkdirSync(this.temporary());
    copyFileSync(join(projectRoot(), "Pulumi.yaml"), join(this.root, "Pulumi.yaml"));
    await startTenant({ port: 0, seed: { users: 5, groups: 2, seed: 1 } });
    await installLocalPlugins();
    await this.enter();
  }

  /** Reads the tenant's variables anew: after a restart its address is another. */
  async enter(): Promise<void> {
    this.environment = { ...process.env, ...(await localEnvironment()) };
    trustCertificates(readFileSync(this.environment.NODE_EXTRA_CA_CERTS ?? "", "utf8"));
  }

  /** Writes a stack file with these settings. */
  writeStack(name: string, settings: Json = twoConnectors): void {
    const config = { "entra-connectors:tenantId": tenantId, ...settings };
    writeFileSync(join(this.root, `Pulumi.${name}.yaml`), stringify({ config }));
  }

  /** Runs a command of the command line in this project. */
  cli(...args: readonly string[]): Promise<Said> {
    return ended(this.startCli(...args));
  }

  /** Starts a command of the command line in this project. */
  startCli(...args: readonly string[]): ChildProcess {
    const script = join(projectRoot(), "scripts", "cli.ts");
    return spawn(process.execPath, ["--import", "tsx", script, ...args, "--cwd", this.root], {
      cwd: projectRoot(),
      env: { ...process.env, TMPDIR: this.temporary(), NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Runs a command that must succeed, and answers its standard output. */
  async succeed(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.cli(...args);
    if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}:\n${stderr}\n${stdout}`);
    return stdout;
  }

  /** Starts the plain engine. */
  startPulumi(...args: readonly string[]): ChildProcess {
    return spawn("pulumi", [...args, "--non-interactive"], {
      cwd: this.root,
      env: { ...this.environment, TMPDIR: this.temporary() },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  pulumi(...args: readonly string[]): Promise<Said> {
    return ended(this.startPulumi(...args));
  }

  /** Steers the tenant. */
  admin(method: string, path: string, body?: unknown): Promise<unknown> {
    return AdminClient.of(join(this.local, "tenant")).call(method, path, body);
  }

  /** Switches a fault on for the requests that match. */
  fault(fault: Json): Promise<unknown> {
    return this.admin("POST", "/faults", fault);
  }

  clearFaults(): Promise<unknown> {
    return this.admin("DELETE", "/faults");
  }

  /** All entries of a Graph collection, read as the deployer. */
  async graph(path: string): Promise<Json[]> {
    return (await listAll(await this.client(), path)) as Json[];
  }

  /** Deletes a Graph object as the deployer. */
  async deleteFromGraph(path: string): Promise<void> {
    await (await this.client()).api(path).delete();
  }

  /** Takes an application permission of Graph from the deployer. */
  async revokeFromDeployer(appRoleId: string): Promise<void> {
    const { deployer } = AdminClient.of(join(this.local, "tenant")).endpoint;
    const assignments = await this.graph(`/servicePrincipals/${deployer.objectId}/appRoleAssignments`);
    const found = assignments.find((one) => one.appRoleId === appRoleId);
    await this.deleteFromGraph(`/servicePrincipals/${found?.resourceId}/appRoleAssignedTo/${found?.id}`);
  }

  /** Stops the tenant, takes one of Microsoft's service principals out of its directory, and starts it again. */
  async loseServicePrincipal(objectId: string): Promise<void> {
    await stopTenant();
    const store = new JournalledStore(join(this.local, "tenant", "state"), Date.now);
    openDirectory(store).servicePrincipals.delete(objectId);
    await store.flush();
    store.close();
    await this.restart();
  }

  async restart(): Promise<void> {
    await startTenant({ port: 0 });
    await this.enter();
  }

  private async client() {
    Object.assign(process.env, this.environment);
    const cloud = await cloudOf("global");
    return graphClient(cloud, operatorCredential(tenantId, cloud));
  }

  /** Where programs of this lab put temporary files. */
  temporary(): string {
    return join(this.root, "tmp");
  }

  async remove(): Promise<void> {
    await stopTenant();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Kills a process and everything below it at once, as a power cut does. */
export function killTree(child: ChildProcess): void {
  const pid = child.pid ?? 0;
  for (const id of [pid, ...descendants(pid)]) {
    try {
      process.kill(id, "SIGKILL");
    } catch {
      // It ended by itself in between.
    }
  }
}

/** Collects what a process says until it ends. */
export function ended(child: ChildProcess): Promise<Said> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (bytes) => {
    stdout += bytes;
  });
  child.stderr?.on("data", (bytes) => {
    stderr += bytes;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}
