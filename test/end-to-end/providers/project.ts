/** A Pulumi project in a temporary folder that deploys a program of these tests into a local tenant of its own. */

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent, request } from "undici";
import type { PlainProperties } from "../../../components/plugin/serve";
import { installLocalPlugins } from "../../../infra/local/engine";
import { localEnvironment } from "../../../infra/local/environment";
import { projectRoot, stateDirectory } from "../../../infra/local/paths";
import type { Api } from "../../../infra/local/providers/http/api";
import { connect } from "../../../infra/local/providers/http/connect";
import { AdminClient, startTenant, stopTenant } from "../../../infra/local/tenant/process";
import { type CommandResult, ended } from "../engine/project";

/** One planned step of `preview --json`. */
export interface Step {
  readonly op: string;
  readonly name: string;
}

/** The project, its stack `dev` and its tenant. */
export class DeployedProject {
  readonly root = mkdtempSync(join(tmpdir(), "entra-connectors-providers-"));
  private environment: NodeJS.ProcessEnv = {};

  constructor(private readonly program: string) {}

  /** Starts the tenant, writes the project, installs the plugins and makes the stack. */
  async prepare(): Promise<void> {
    process.env.ENTRA_CONNECTORS_LOCAL = join(this.root, "local");
    await startTenant({ port: 0, seed: { users: 5, groups: 2, seed: 1 } });
    await installLocalPlugins();
    this.environment = { ...process.env, ...(await localEnvironment()) };
    this.writeFiles();
    await this.pulumi("stack", "init", "dev");
  }

  /** The program lies as deep as in the checkout, so that its imports hold in both places. */
  private writeFiles(): void {
    const checkout = projectRoot();
    const main = join("test", "end-to-end", "providers");
    mkdirSync(join(this.root, main), { recursive: true });
    for (const folder of ["node_modules", "components"]) {
      symlinkSync(join(checkout, folder), join(this.root, folder));
    }
    cpSync(join(checkout, "infra", "tsconfig.json"), join(this.root, main, "tsconfig.json"));
    cpSync(join(checkout, main, this.program), join(this.root, main, "index.ts"));
    // The project bears the product's name, so that its settings share our plugin's namespace as they do in earnest.
    const plugins = "plugins: { providers: [{ name: entra-connectors, path: components/plugin }] }";
    const project = `name: entra-connectors\nruntime: nodejs\nmain: ${main}/\n${plugins}\n`;
    writeFileSync(join(this.root, "Pulumi.yaml"), project);
    writeFileSync(
      join(this.root, main, "package.json"),
      '{ "name": "entra-connectors", "main": "index.ts" }',
    );
  }

  /** Runs `pulumi` to its end. */
  pulumi(...args: readonly string[]): Promise<CommandResult> {
    const child = spawn("pulumi", [...args, "--non-interactive"], {
      cwd: this.root,
      env: this.environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    return ended(child);
  }

  /** Runs something with other environment variables. */
  async withEnvironment<T>(changes: NodeJS.ProcessEnv, run: () => Promise<T>): Promise<T> {
    const { environment } = this;
    this.environment = { ...environment, ...changes };
    try {
      return await run();
    } finally {
      this.environment = environment;
    }
  }

  async set(key: string, value: string): Promise<void> {
    await this.pulumi("config", "set", key, value);
  }

  /** The steps that would change something, by resource name. */
  async plannedChanges(): Promise<Step[]> {
    const { stdout } = await this.pulumi("preview", "--json");
    const { steps } = JSON.parse(stdout) as { steps: { op: string; urn: string }[] };
    return steps
      .filter(({ op }) => op !== "same" && op !== "read")
      .map(({ op, urn }) => ({ op, name: urn.split("::").at(-1) ?? "" }));
  }

  /** All outputs, secrets revealed. */
  async outputs(): Promise<Record<string, string>> {
    return JSON.parse((await this.pulumi("stack", "output", "--json", "--show-secrets")).stdout);
  }

  /** The stack's state as it lies on disk. */
  state(stack = "dev"): string {
    return readFileSync(
      join(stateDirectory(), ".pulumi", "stacks", "entra-connectors", `${stack}.json`),
      "utf8",
    );
  }

  /** The tenant's admin endpoint. */
  admin(method: string, path: string, body?: unknown): Promise<unknown> {
    return AdminClient.of(join(this.root, "local", "tenant")).call(method, path, body);
  }

  /** Microsoft Graph or Azure Resource Manager of the tenant, as the deployer. */
  async api(name: "graph" | "arm"): Promise<Api> {
    const { environment } = this;
    const configuration: PlainProperties = {
      metadataHost: environment.ARM_METADATA_HOSTNAME,
      tenantId: environment.ARM_TENANT_ID,
      clientId: environment.ARM_CLIENT_ID,
      clientSecret: environment.ARM_CLIENT_SECRET,
    };
    process.env.SSL_CERT_FILE = environment.SSL_CERT_FILE;
    const connection = await connect(configuration, AbortSignal.timeout(30_000));
    const root = name === "graph" ? connection.endpoints.graph : connection.endpoints.resourceManager;
    return connection.api(root, `${root}/.default`);
  }

  /** Asks an address of the tenant, whose authority is trusted. */
  async get(url: string): Promise<{ readonly status: number; readonly body: unknown }> {
    const ca = readFileSync(this.environment.SSL_CERT_FILE ?? "", "utf8");
    const { statusCode, body } = await request(url, { dispatcher: new Agent({ connect: { ca } }) });
    return { status: statusCode, body: await body.json() };
  }

  async remove(): Promise<void> {
    await stopTenant();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Limits of a single call of a test. */
export function limits() {
  return { signal: AbortSignal.timeout(30_000), deadline: Date.now() + 30_000 };
}
