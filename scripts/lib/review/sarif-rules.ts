/** The kinds of finding that a review can report to code scanning, one rule each. */
import type { ReviewLine, Subject } from "../../../components/permissions/diff/model";

type Kind = ReviewLine["kind"];

/** A reporting descriptor of SARIF 2.1.0, section 3.49. */
export interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly defaultConfiguration: { readonly level: "note" };
  readonly properties: { readonly tags: readonly string[] };
}

const subjects: { readonly [Name in Subject]: { readonly noun: string; readonly meaning: string } } = {
  appRole: {
    noun: "Application permission",
    meaning: "What a connector may do in an API, in the whole tenant and without a user.",
  },
  directoryRole: {
    noun: "Directory role",
    meaning: "An administrator role that a connector holds in the whole tenant, active and permanent.",
  },
  azureRole: { noun: "Azure role", meaning: "What the stack's collector may do with Azure resources." },
  credential: {
    noun: "Credential",
    meaning: "What a connector signs in with, for how long, and who else may sign in as it.",
  },
  fact: { noun: "Setting", meaning: "A connector's tenant, cloud, product, access or consent." },
  capability: { noun: "Capability", meaning: "A task that a connector's settings let it do." },
  acknowledgement: {
    noun: "Acknowledgement",
    meaning: "The stated reason for something that is allowed only with one.",
  },
  connector: {
    noun: "Connector",
    meaning: "An app registration with its permissions, consent and credentials.",
  },
  stack: { noun: "Stack", meaning: "All connectors that are deployed together." },
};

const kinds: readonly Kind[] = ["added", "removed", "changed"];

/** All rules, in an order that only grows. */
export const sarifRules: readonly SarifRule[] = (Object.keys(subjects) as Subject[]).flatMap((subject) =>
  kinds.map((kind) => ruleOf(subject, kind)),
);

const indexes = new Map(sarifRules.map(({ id }, index) => [id, index]));

/** Id and index of the rule that a line of a review falls under. */
export function ruleReference({ subject, kind }: ReviewLine): {
  readonly id: string;
  readonly index: number;
} {
  const id = ruleId(subject, kind);
  return { id, index: indexes.get(id) ?? -1 };
}

function ruleId(subject: Subject, kind: Kind): string {
  return `permissions/${subject.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}-${kind}`;
}

function ruleOf(subject: Subject, kind: Kind): SarifRule {
  const { noun, meaning } = subjects[subject];
  const title = `${noun} ${kind}`;
  const advice =
    "Error: a path to Global Administrator. Warning: it can change the tenant or read mail, files or secrets. " +
    "Note: everything else, and what goes. Read the reason, and take a narrower alternative where one is named.";
  return {
    id: ruleId(subject, kind),
    name: title.replace(/(?:^| )(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: `${title}. ${meaning}` },
    help: { text: `${meaning}\n\n${advice}`, markdown: `${meaning}\n\n${advice}` },
    defaultConfiguration: { level: "note" },
    properties: { tags: ["security", "permissions", "entra-id"] },
  };
}
