/** The manifest that a Connector registers as an output, as far as rules read it. */
import { z } from "zod";

const texts = z.array(z.string());

const manifest = z.object({
  name: z.string(),
  profile: z.string(),
  tenantId: z.string(),
  cloud: z.string(),
  access: z.enum(["read-only", "read-write"]),
  permissions: z.enum(["minimal", "documented"]),
  consent: z.enum(["grant", "request"]),
  apis: z.array(
    z.object({
      resourceAppId: z.string(),
      displayName: z.string(),
      roles: z.array(z.object({ id: z.string(), value: z.string() })),
    }),
  ),
  capabilities: texts,
  covered: z.array(z.object({ resourceAppId: z.string(), value: z.string(), by: texts })),
  directoryRoles: z.array(z.object({ templateId: z.string(), displayName: z.string() })),
  credentials: z.array(
    z.looseObject({
      kind: z.string(),
      lifetimeDays: z.number().optional(),
      overlapDays: z.number().optional(),
      anchor: z.string().optional(),
    }),
  ),
});

export type ConnectorManifest = z.output<typeof manifest>;

/** JSON text of a manifest; absent where the program gave none. */
export const manifestOutput = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "is no JSON" });
      return z.NEVER;
    }
  })
  .pipe(manifest)
  .optional();
