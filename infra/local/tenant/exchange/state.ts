/** What Exchange Online knows beyond the directory: auditing of the organization and of mailboxes. */
import type { Collection, Entity, Store } from "../core/types";
import type { Group, User } from "../directory/model";
import type { Directory } from "../directory/open";
import { refusals } from "./errors";

type Values = Readonly<Record<string, unknown>>;

/** A mailbox of a person or of a Microsoft 365 group. */
export interface Mailbox {
  readonly id: string;
  readonly displayName: string;
  readonly address: string;
  readonly userPrincipalName: string;
  readonly kind: "UserMailbox" | "GroupMailbox";
}

interface Stored extends Entity {
  readonly values: Values;
}

/** Actions audited by default (page "Manage mailbox auditing"). */
const defaultActions = {
  AuditOwner: [
    "ApplyRecord",
    "HardDelete",
    "MailItemsAccessed",
    "MoveToDeletedItems",
    "RecordDelete",
    "Send",
  ],
  AuditDelegate: ["ApplyRecord", "Create", "HardDelete", "MailItemsAccessed", "SendAs", "SendOnBehalf"],
  AuditAdmin: [
    "ApplyRecord",
    "Copy",
    "Create",
    "HardDelete",
    "MailItemsAccessed",
    "Send",
    "SendAs",
    "SendOnBehalf",
  ],
} as const;

const defaults: Readonly<Record<string, Values>> = {
  organization: { AuditDisabled: false },
  adminAuditLog: { AdminAuditLogEnabled: true, UnifiedAuditLogIngestionEnabled: true },
};

const mailboxDefaults: Values = {
  AuditEnabled: true,
  AuditLogAgeLimit: "90.00:00:00",
  DefaultAuditSet: ["Admin", "Delegate", "Owner"],
  ...defaultActions,
};

/** Names of the collections: settings by name, mailboxes and bypasses by the id of the user or group. */
export const exchangeCollections = ["exchangeSettings", "exchangeMailboxes", "exchangeAuditBypass"] as const;

/** Exchange Online of the tenant. What was never set has the service's default. */
export class ExchangeState {
  readonly #directory: Directory;
  readonly #settings: Collection<Stored>;
  readonly #mailboxes: Collection<Stored>;
  readonly #bypass: Collection<Stored>;

  constructor(store: Store, directory: Directory) {
    this.#directory = directory;
    this.#settings = store.collection<Stored>("exchangeSettings");
    this.#mailboxes = store.collection<Stored>("exchangeMailboxes");
    this.#bypass = store.collection<Stored>("exchangeAuditBypass");
  }

  settings(name: "organization" | "adminAuditLog"): Values {
    return { ...defaults[name], ...this.#settings.get(name)?.values };
  }

  set(name: "organization" | "adminAuditLog", values: Values): void {
    this.#settings.put({ id: name, values: { ...this.settings(name), ...values } });
  }

  /** Members with a licence have a mailbox; so have Microsoft 365 groups. */
  *mailboxes(kind: Mailbox["kind"]): Generator<Mailbox> {
    if (kind === "GroupMailbox") {
      for (const group of this.#directory.groups.values()) if (hasMailbox(group)) yield groupMailbox(group);
      return;
    }
    for (const user of this.#directory.users.values()) if (isMailboxUser(user)) yield userMailbox(user);
  }

  /** The mailbox that an identity names: id, principal name or address. Throws 404. */
  mailbox(identity: string): Mailbox {
    const { users, groups } = this.#directory;
    const wanted = identity.toLowerCase();
    const user = users.get(wanted) ?? users.by("userPrincipalName", wanted)[0];
    if (user !== undefined && isMailboxUser(user)) return userMailbox(user);
    const group = groups.get(wanted) ?? groups.by("mailNickname", wanted.split("@")[0] ?? "")[0];
    if (group !== undefined && hasMailbox(group)) return groupMailbox(group);
    throw refusals.notFound(identity);
  }

  auditing(mailbox: Mailbox): Values {
    return { ...mailboxDefaults, ...this.#mailboxes.get(mailbox.id)?.values };
  }

  setAuditing(mailbox: Mailbox, values: Values): void {
    this.#mailboxes.put({
      id: mailbox.id,
      values: { ...this.#mailboxes.get(mailbox.id)?.values, ...values },
    });
  }

  bypasses(mailbox: Mailbox): boolean {
    return this.#bypass.get(mailbox.id)?.values.AuditBypassEnabled === true;
  }

  setBypass(mailbox: Mailbox, enabled: boolean): void {
    this.#bypass.put({ id: mailbox.id, values: { AuditBypassEnabled: enabled } });
  }
}

const isMailboxUser = (user: User): boolean =>
  user.userType === "Member" && user.mail !== null && user.assignedLicenses.length > 0;
const hasMailbox = (group: Group): boolean => group.groupTypes.includes("Unified") && group.mail !== null;

const userMailbox = ({ id, displayName, mail, userPrincipalName }: User): Mailbox => ({
  id,
  displayName,
  userPrincipalName,
  address: mail ?? userPrincipalName,
  kind: "UserMailbox",
});

const groupMailbox = ({ id, displayName, mail }: Group): Mailbox => ({
  id,
  displayName,
  userPrincipalName: mail ?? "",
  address: mail ?? "",
  kind: "GroupMailbox",
});
