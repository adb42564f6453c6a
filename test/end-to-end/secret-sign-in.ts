import { ClientSecretCredential } from "@azure/identity";
import { expect } from "vitest";
import type { StackOutputs } from "../../infra/outputs";
import type { Lab } from "../faults/lab";

/** Secrets of a stack without a vault, used as the vendor's product uses them. */
export class Secrets {
  constructor(
    private readonly lab: Lab,
    private readonly stack: string,
  ) {}

  /** The value to hand over now, by its name in the stack's outputs. */
  async current(name: string): Promise<string> {
    const secrets = await this.output<StackOutputs["secrets"]>("secrets");
    return secrets[name] ?? "";
  }

  /** Ids of a connector's keys: those of the settings, and those that the registration really has. */
  async keys(connector: string): Promise<{ declared: readonly string[]; held: readonly string[] }> {
    const { [connector]: found } = await this.output<StackOutputs["connectors"]>("connectors");
    const [application] = await this.lab.graph(`/applications?$filter=appId eq '${found?.clientId}'`);
    const held = (application?.passwordCredentials ?? []) as readonly { readonly keyId: string }[];
    return {
      declared: (found?.credentials ?? []).map(({ keyId }) => keyId).sort(),
      held: held.map(({ keyId }) => keyId).sort(),
    };
  }

  /** Waits until the secret signs in, or no longer does: what was written a moment ago takes a while to arrive. */
  async expectSignIn(connector: string, secret: string, works: boolean): Promise<void> {
    const { [connector]: found } = await this.output<StackOutputs["connectors"]>("connectors");
    const attempt = async (): Promise<boolean | string> => {
      const credential = new ClientSecretCredential(found?.tenantId ?? "", found?.clientId ?? "", secret, {
        authorityHost: this.lab.environment.AZURE_AUTHORITY_HOST ?? "",
        disableInstanceDiscovery: true,
      });
      return credential.getToken("https://graph.microsoft.com/.default").then(
        () => true,
        (error: Error) => (/AADSTS7000215\b/.test(error.message) ? false : error.message),
      );
    };
    await expect.poll(attempt, { timeout: 20_000 }).toBe(works);
  }

  private async output<T>(name: string): Promise<T> {
    const { stdout } = await this.lab.pulumi(
      ...["stack", "output", name, "--stack", this.stack, "--show-secrets", "--json"],
    );
    return JSON.parse(stdout) as T;
  }
}
