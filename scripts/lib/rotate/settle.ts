/** Finds the change of a stack file that renews one credential and nothing else. */
import type { ConnectorSettings, Settings } from "../../../components/permissions/settings";
import { mailboxAuditSetUp } from "../../../components/profiles/mailbox-audit-set-up";
import { UserError } from "../errors";
import type { RotatingCredential } from "./model";
import { type AnchorWish, anchorEdits, type Edited } from "./stack-file";

/** A stack file and what it says. */
export interface StackFile {
  /** `Pulumi.contoso.yaml`. */
  readonly file: string;
  readonly text: string;
  readonly parse: (text: string) => Settings;
}

/**
 * The smallest change after which the settings are the same but for the anchor of that credential.
 * @throws UserError when there is none, because others share its anchor in a way that can't be told apart in the file
 */
export function settle({ file, text, parse }: StackFile, wish: AnchorWish): Edited {
  const before = parse(text);
  const shared = new Set<string>();
  for (const edited of anchorEdits(text, wish)) {
    const changed = differing(before, attempt(parse, edited.text), wish);
    if (changed?.length === 0) return edited;
    for (const name of changed ?? []) shared.add(name);
  }
  const others = [...shared].filter((name) => name !== wish.entry);
  const setUp = others.length > 0 && before.connectors.some(isSetUp(others));
  throw new UserError(
    others.length > 0
      ? `The anchor of ${wish.entry} can't be moved alone: ${others.join(", ")} would be renewed too.`
      : `Where ${file} says the anchor of ${wish.entry} can't be told: the entry is not written out there.`,
    {
      next: setUp
        ? "Give its entry prepareMailboxAuditingSince with the day on which that was switched on, then run it again."
        : `Write it by hand: anchor: "${wish.anchor.slice(0, 10)}" for its credential of kind ${wish.kind}.`,
    },
  );
}

function isSetUp(names: readonly string[]): (connector: ConnectorSettings) => boolean {
  return ({ name, profile }) => names.includes(name) && profile === mailboxAuditSetUp.id;
}

/** Settings that don't parse are no way to go. */
function attempt(parse: StackFile["parse"], text: string): Settings | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** The names of the connectors that differ beyond the wish; undefined when the wish is not met. */
function differing(
  before: Settings,
  after: Settings | undefined,
  wish: AnchorWish,
): readonly string[] | undefined {
  if (after?.connectors.length !== before.connectors.length) return undefined;
  const expected = before.connectors.map((connector) => fulfilled(connector, wish));
  return expected.flatMap((connector, index) => {
    const same = JSON.stringify(connector) === JSON.stringify(after.connectors[index]);
    return same ? [] : [connector.name];
  });
}

function fulfilled(connector: ConnectorSettings, { entry, kind, anchor }: AnchorWish): ConnectorSettings {
  if (connector.name !== entry) return connector;
  const credentials = connector.credentials.map((one) =>
    isRotating(one) && one.kind === kind ? { ...one, anchor } : one,
  );
  return { ...connector, credentials };
}

function isRotating(credential: ConnectorSettings["credentials"][number]): credential is RotatingCredential {
  return "anchor" in credential;
}
