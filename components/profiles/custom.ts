import { z } from "zod";
import { capabilities, findCapability } from "../permissions/capabilities";
import { didYouMean } from "../permissions/suggestion";
import { defineProfile } from "./profile";

const ids = capabilities.map(({ id }) => id);

/** A product that has no profile: its owner lists the capabilities. */
export const custom = defineProfile({
  id: "custom",
  title: "Custom",
  vendor: "entra-connectors",
  guide: { title: "README" },
  access: ["read-only", "read-write"],
  credentialKinds: ["clientSecret", "certificate", "vendorCertificate", "federated"],
  defaultCredentials: ["clientSecret"],
  options: z.object({
    capabilities: z
      .array(
        z.string().refine((id) => ids.includes(id), {
          error: ({ input }) => `is no capability.${didYouMean(String(input), ids)}`,
        }),
      )
      .min(1)
      .describe(`What the product does: ${ids.join(", ")}.`),
  }),
  readWriteOptions: {},
  choose: ({ options: chosen }) =>
    [...new Set(chosen.capabilities)].flatMap((id) => {
      const capability = findCapability(id);
      return capability === undefined
        ? []
        : [{ capability, because: `capabilities: ${id}`, setting: "capabilities" }];
    }),
  documented: () => undefined,
  contradictions: ({ access, options: chosen }) => {
    if (access === "read-write") return [];
    const writing = chosen.capabilities.filter((id) => findCapability(id)?.effect === "write");
    if (writing.length === 0) return [];
    return [
      {
        setting: "capabilities",
        message: `${writing.join(", ")} needs access: read-write (it is read-only).`,
        advice: "Set access: read-write, or leave out what writes.",
      },
    ];
  },
  notices: () => [],
  handover: () => [
    { kind: "value", label: "Tenant ID", source: "tenantId" },
    { kind: "value", label: "Client ID", source: "clientId" },
    { kind: "value", label: "Client secret", source: "credential" },
  ],
  notCarried: [],
});
