import { z } from "zod";
import type { Limits } from "./time";
import type { Transport } from "./transport";

const metadata = z.object({
  name: z.string().min(1),
  portal: z.string().optional(),
  resourceManager: z.string().min(1),
  microsoftGraphResourceId: z.string().min(1),
  authentication: z.object({
    loginEndpoint: z.string().min(1),
    audiences: z.array(z.string()).optional(),
  }),
  suffixes: z.object({ keyVaultDns: z.string().optional() }).optional(),
});

/** Where the services of a cloud are; URLs without trailing slash. */
export interface Endpoints {
  readonly login: string;
  readonly graph: string;
  readonly resourceManager: string;
}

/** Asks a metadata host (`host` or `host:port`, always by https) where the services of its cloud are. */
export async function discover(transport: Transport, host: string, limits: Limits): Promise<Endpoints> {
  const url = `https://${host}/metadata/endpoints?api-version=2022-09-01`;
  const answer = await transport.send({ method: "GET", url }, limits);
  const parsed = metadata.safeParse(answer.body);
  if (!parsed.success) {
    throw new Error(`${url} does not describe a cloud: ${z.prettifyError(parsed.error)}`);
  }
  return {
    login: withoutSlash(parsed.data.authentication.loginEndpoint),
    graph: withoutSlash(parsed.data.microsoftGraphResourceId),
    resourceManager: withoutSlash(parsed.data.resourceManager),
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
