/** What is tolerated before a metric becomes a finding. Defaults are the vendor's, else as said. */
import { z } from "zod";

const percent = z.number().min(0).max(100);
const days = z.number().int().nonnegative();
const names = z.array(z.string());

export const thresholdsSchema = z.strictObject({
  staleGuestDays: days.default(35).describe("Days without a sign-in after which a guest is stale."),
  inactiveUserDays: days.default(30).describe("Days without a sign-in after which a user is inactive."),
  administrativeUsersPercent: percent
    .default(2)
    .describe("Share of users that may hold an administrative role, percent."),
  administrativeGroupsPercent: percent
    .default(2)
    .describe("Share of groups that may be administrative, percent."),
  emptySecurityGroupsPercent: percent
    .default(0)
    .describe("Share of security groups that may be empty, percent."),
  leastGlobalAdministrators: z
    .number()
    .int()
    .nonnegative()
    .default(2)
    .describe("Fewer Global Administrators are a finding: one that is locked out locks out everybody."),
  mostGlobalAdministrators: z
    .number()
    .int()
    .nonnegative()
    .default(4)
    .describe("More Global Administrators are a finding: Microsoft advises fewer than five."),
  adminSignInHours: z
    .number()
    .positive()
    .default(9)
    .describe("Administrators must sign in again after so many hours at most."),
  toleratedDefaultPermissions: names
    .default([])
    .describe(
      "Default permissions of users that the organization means to give, by the names of the evidence.",
    ),
  toleratedConsentPolicies: names
    .default([])
    .describe("Policies by which users may consent to applications without a finding."),
  domainExpiryDays: days
    .default(0)
    .describe("A domain's registration is a finding so many days before it ends; 0: once it has ended."),
  privilegedTier: z
    .enum(["T0", "T1"])
    .default("T1")
    .describe(
      "Permissions of this tier and more dangerous ones are high privilege. T0: a path to Global Administrator; T1: writes tenant-wide, or reads secrets, mail or files.",
    ),
  credentialExpiryDays: days
    .default(30)
    .describe("A credential is a finding so many days before it expires."),
  unusedCredentialDays: days
    .default(90)
    .describe("Days without a sign-in of the application after which its credentials count as unused."),
});

export type Thresholds = z.output<typeof thresholdsSchema>;
export type ThresholdName = keyof Thresholds;

/** What is said of them; the rest is as by default. */
export type SomeThresholds = Readonly<Partial<Thresholds>>;

/** Some of them, and nothing of those that are not named: for settings. */
export const someThresholdsSchema: z.ZodType<SomeThresholds> = z.strictObject(
  Object.fromEntries(
    Object.entries(thresholdsSchema.shape).map(([name, schema]) => [
      name,
      schema
        .unwrap()
        .optional()
        .describe(schema.description ?? ""),
    ]),
  ),
);

/** A threshold as a command line gives it: `staleGuestDays=60`, or a list of names, `toleratedConsentPolicies=a,b`. */
export function parseThreshold(text: string): SomeThresholds {
  const sign = text.indexOf("=");
  const [name, value] = [text.slice(0, sign).trim(), text.slice(sign + 1).trim()];
  const schemas: Readonly<Record<string, z.ZodType>> = thresholdsSchema.shape;
  const schema = sign < 0 || !Object.hasOwn(schemas, name) ? undefined : schemas[name];
  if (schema === undefined) throw new ThresholdError(text, `Thresholds: ${Object.keys(schemas).join(", ")}.`);
  const list = value === "" ? [] : value.split(",").map((one) => one.trim());
  for (const given of [...(value === "" ? [] : [Number(value)]), value, list]) {
    if (schema.safeParse(given).success) return someThresholdsSchema.parse({ [name]: given });
  }
  const [issue] = schema.safeParse(Number.isNaN(Number(value)) ? value : Number(value)).error?.issues ?? [];
  throw new ThresholdError(
    text,
    `${issue?.message ?? "Another value is expected"}. ${schema.description ?? ""}`,
  );
}

/** A threshold that there is not, or a value that it can't have. */
export class ThresholdError extends Error {
  override readonly name = "ThresholdError";

  constructor(text: string, next: string) {
    super(`"${text}" is no threshold. ${next} For example: staleGuestDays=60.`);
  }
}
