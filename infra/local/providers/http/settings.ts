import { z } from "zod";
import type { PlainProperties } from "../../../../components/plugin/serve";

/** How a local plugin signs in and which cloud it works in. */
export interface SignInSettings {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly metadataHost: string;
}

/** Settings that both official providers have and the local plugins take. */
export const signInConfiguration = {
  tenantId: z.string().optional(),
  clientId: z.string().optional(),
  clientSecret: z.string().optional(),
  metadataHost: z.string().optional(),
  environment: z.string().optional(),
  useMsi: z.literal("false", "the local plugins sign in by client secret only; leave useMsi out").optional(),
  useOidc: z
    .literal("false", "the local plugins sign in by client secret only; leave useOidc out")
    .optional(),
  useCli: z.literal(["true", "false"]).optional(),
};

const variables = {
  tenantId: ["ARM_TENANT_ID"],
  clientId: ["ARM_CLIENT_ID"],
  clientSecret: ["ARM_CLIENT_SECRET"],
  metadataHost: ["ARM_METADATA_HOSTNAME", "ARM_METADATA_HOST"],
} as const;

/** Thrown when a local plugin is not told how to sign in. */
export class SignInSettingsError extends Error {
  override readonly name = "SignInSettingsError";
}

/** The provider's configuration, completed by the ARM_* environment. */
export function signInSettings(
  configuration: PlainProperties,
  environment: NodeJS.ProcessEnv = process.env,
): SignInSettings {
  const value = (name: keyof typeof variables): string => {
    const configured = configuration[name];
    if (typeof configured === "string" && configured !== "") return configured;
    const found = variables[name]
      .map((variable) => environment[variable])
      .find((text) => text !== undefined && text !== "");
    if (found !== undefined) return found;
    throw new SignInSettingsError(
      `The local plugins work in the local tenant only and need ${variables[name][0]}. Export what \`npm run -s cli -- shell-env\` prints, or use official plugins for a real tenant.`,
    );
  };
  return {
    metadataHost: value("metadataHost"),
    tenantId: value("tenantId"),
    clientId: value("clientId"),
    clientSecret: value("clientSecret"),
  };
}
