/** The credentials of an entry: a list of kinds or of kinds with their settings. */
import { z } from "zod";
import { defaultAnchor, instant } from "../../components/permissions/instant";
import type { CredentialKind, CredentialSettings } from "../../components/permissions/settings";
import { didYouMean } from "../../components/permissions/suggestion";
import type { Profile } from "../../components/profiles/profile";
import { check, isGroup, joinPath } from "./check";
import type { Problems } from "./problems";
import { type FileReader, readVendorCertificate } from "./vendor-certificate";

/** Overlap in days when none is given; never more than a third of the lifetime. */
const defaultOverlapDays = 30;

const rotating = {
  overlapDays: z
    .int()
    .min(2)
    .max(3650)
    .optional()
    .describe(
      "How long the previous slot stays valid beside the next one, days. Default 30, at most a third of the lifetime.",
    ),
  anchor: instant.optional().describe("Date from which the slots are counted. Default: the entry's anchor."),
};

/** Lifetimes between a week and the 24 months that Microsoft's portal offers at most. */
function lifetime(byDefault: number) {
  return z
    .int()
    .min(7)
    .max(730)
    .default(byDefault)
    .describe(`Validity of a slot, days. Default ${byDefault}.`);
}

export const credentialSchemas = {
  clientSecret: z.strictObject({ kind: z.literal("clientSecret"), lifetimeDays: lifetime(180), ...rotating }),
  certificate: z.strictObject({ kind: z.literal("certificate"), lifetimeDays: lifetime(365), ...rotating }),
  vendorCertificate: z.strictObject({
    kind: z.literal("vendorCertificate"),
    file: z
      .string()
      .min(1)
      .describe("The vendor's public certificate, PEM or CER; path relative to the project."),
  }),
  federated: z.strictObject({
    kind: z.literal("federated"),
    issuer: z
      .url({ protocol: /^https$/, error: "is not an https address." })
      .optional()
      .describe("Issuer of the workload's token."),
    subject: z
      .string()
      .min(1)
      .optional()
      .describe("Subject of the workload's token. Both absent: the stack's collector."),
    audience: z.string().min(1).optional().describe("Audience. Default: the cloud's."),
  }),
} as const;

const kinds: readonly string[] = Object.keys(credentialSchemas);

/** At most so many of a kind in one entry: a vendor's certificates may overlap, Entra takes 20 federated credentials. */
const mostOfKind: Readonly<Record<CredentialKind, number>> = {
  clientSecret: 1,
  certificate: 1,
  vendorCertificate: 2,
  federated: 20,
};

/** What the parsing of an entry's credentials needs to know. */
export interface CredentialContext {
  readonly profile: Profile;
  readonly path: string;
  readonly anchor: string | undefined;
  readonly asOf: string;
  readonly federatedAudience: string;
  readonly fileReader: FileReader;
  readonly problems: Problems;
}

/** Parses `credentials`; absent, the profile's default. Undefined when one of them does not parse. */
export function parseCredentials(
  raw: unknown,
  context: CredentialContext,
): readonly CredentialSettings[] | undefined {
  const { profile, path, problems } = context;
  const single = !Array.isArray(raw);
  const list: readonly unknown[] =
    raw === undefined ? profile.defaultCredentials : Array.isArray(raw) ? raw : [raw];
  if (list.length === 0) {
    problems.add(
      path,
      "must not be empty.",
      `${profile.title} takes ${profile.credentialKinds.join(" or ")}.`,
    );
  }
  const parsed = list.flatMap((item, index) => {
    const credential = parseCredential(item, single ? path : joinPath(path, index), context);
    return credential === undefined ? [] : [credential];
  });
  refuseTooMany(parsed, context);
  return parsed.length < list.length ? undefined : parsed;
}

function refuseTooMany(
  credentials: readonly CredentialSettings[],
  { path, problems }: CredentialContext,
): void {
  for (const [kind, most] of Object.entries(mostOfKind)) {
    const count = credentials.filter((credential) => credential.kind === kind).length;
    if (count > most) problems.add(path, `${count} of kind ${kind}: at most ${most}.`);
  }
}

function parseCredential(
  item: unknown,
  path: string,
  context: CredentialContext,
): CredentialSettings | undefined {
  const group = typeof item === "string" ? { kind: item } : item;
  const kind = isGroup(group) ? group.kind : undefined;
  if (!isKind(kind)) {
    const hint = typeof kind === "string" ? didYouMean(kind, kinds) : "";
    context.problems.add(
      path,
      `must be a kind of credential, or a group of settings with a kind: ${kinds.join(", ")}.${hint}`,
    );
    return undefined;
  }
  if (!context.profile.credentialKinds.includes(kind)) {
    const taken = context.profile.credentialKinds.join(" or ");
    context.problems.add(
      path,
      `${context.profile.title} takes ${taken}, not ${kind}.`,
      "Change the kind, or leave credentials out.",
    );
    return undefined;
  }
  return parseKind(kind, group, path, context);
}

function isKind(kind: unknown): kind is CredentialKind {
  return typeof kind === "string" && kinds.includes(kind);
}

function parseKind(
  kind: CredentialKind,
  group: unknown,
  path: string,
  context: CredentialContext,
): CredentialSettings | undefined {
  const { problems } = context;
  if (kind === "vendorCertificate") {
    const parsed = check(credentialSchemas.vendorCertificate, group, path, problems);
    if (parsed === undefined) return undefined;
    return readVendorCertificate(parsed.file, `${path}.file`, context.fileReader, context.asOf, problems);
  }
  if (kind === "federated") return parseFederated(group, path, context);
  const parsed = check<RotatingInput>(credentialSchemas[kind], group, path, problems);
  return parsed === undefined ? undefined : completeRotating(parsed, path, context);
}

type RotatingInput =
  | z.output<typeof credentialSchemas.clientSecret>
  | z.output<typeof credentialSchemas.certificate>;

function completeRotating(
  input: RotatingInput,
  path: string,
  context: CredentialContext,
): CredentialSettings {
  const longest = Math.floor(input.lifetimeDays / 3);
  const overlapDays = input.overlapDays ?? Math.min(defaultOverlapDays, longest);
  if (overlapDays > longest) {
    context.problems.add(
      `${path}.overlapDays`,
      `${overlapDays} is more than a third of the lifetime of ${input.lifetimeDays} days.`,
      `At most ${longest}.`,
    );
  }
  const anchor = input.anchor ?? context.anchor ?? defaultAnchor;
  if (anchor > context.asOf) {
    context.problems.add(
      `${path}.anchor`,
      `${anchor.slice(0, 10)} lies in the future: the first slot would not be valid yet.`,
      "Write the day the entry is made.",
    );
  }
  return { kind: input.kind, lifetimeDays: input.lifetimeDays, overlapDays, anchor };
}

function parseFederated(
  group: unknown,
  path: string,
  context: CredentialContext,
): CredentialSettings | undefined {
  const parsed = check(credentialSchemas.federated, group, path, context.problems);
  if (parsed === undefined) return undefined;
  const { issuer, subject, audience = context.federatedAudience } = parsed;
  if (issuer === undefined && subject === undefined) return { kind: "federated", audience };
  if (issuer === undefined || subject === undefined) {
    context.problems.add(
      path,
      "issuer and subject belong together.",
      "Give both, or neither for the stack's collector.",
    );
    return undefined;
  }
  return { kind: "federated", issuer, subject, audience };
}
