/** What a profile is: everything the product knows about one vendor's connector, in one small file a profile. */
import { z } from "zod";
import type { Capability } from "../permissions/capabilities/capability";
import type { RoleReference } from "../permissions/catalogue/apis";
import type { DirectoryRoleName } from "../permissions/catalogue/directory-role";
import type { Access, ConnectorSettings, CredentialKind, EventChoice } from "../permissions/settings";

/** A capability that settings chose, with the settings in words: "`provision: groups`". */
export interface Choice {
  readonly capability: Capability;
  readonly because: string;
  /** The setting that chose it. */
  readonly setting: string;
}

/** What is wrong with an entry of a vendor's printed permission list. */
interface Fault {
  readonly kind:
    | "redundant"
    | "no-endpoint"
    | "wider-than-needed"
    | "insufficient"
    | "self-escalating"
    | "not-used";
  readonly note: string;
}

/** An entry of a vendor's printed permission list. */
export type DocumentedRole = RoleReference & { readonly fault?: Fault };

/** A vendor's printed list: verbatim, in the vendor's order. */
export interface DocumentedList {
  /** Which list of the guide it is: "sync". */
  readonly title: string;
  readonly roles: readonly DocumentedRole[];
  readonly directoryRoles: readonly DirectoryRoleName[];
}

/** Where the value of a vendor's field comes from. */
export type HandoverSource =
  | "tenantId"
  | "tenantDomain"
  | "clientId"
  | "credential"
  | "graphDomain"
  | "connectorName";

/** A field of the vendor's form, under the vendor's name. */
export type HandoverField =
  | {
      readonly kind: "value";
      readonly label: string;
      readonly source: HandoverSource;
      readonly hint?: string;
    }
  | { readonly kind: "text"; readonly label: string; readonly value: string; readonly hint?: string }
  | { readonly kind: "box"; readonly label: string; readonly ticked: boolean; readonly hint?: string };

/** What the hand-over needs to know of the settings. */
type HandoverSettings<Options> = Pick<
  ConnectorSettings<Options>,
  "access" | "cloud" | "crawl" | "graphDomain" | "sourceGroup" | "options"
>;

/** What the choice of events needs to know of the settings. */
type EventOptions<Options> = Pick<ConnectorSettings<Options>, "options">;

/** Something a profile's settings contradict each other in. */
interface OptionProblem {
  readonly setting: string;
  readonly message: string;
  readonly advice?: string;
}

/** A guide or page that a reader of the settings may want. */
interface Link {
  readonly title: string;
  readonly url?: string;
}

/** The facts of a profile, typed by its own settings. */
export interface ProfileDefinition<Shape extends z.ZodRawShape> {
  readonly id: string;
  readonly title: string;
  readonly vendor: string;
  readonly guide: Link;
  /** What the product can be let do; a setting of the other kind is an error. */
  readonly access: readonly Access[];
  readonly credentialKinds: readonly CredentialKind[];
  readonly defaultCredentials: readonly CredentialKind[];
  /** The profile's own settings; every one described, with its default. */
  readonly options: z.ZodObject<Shape>;
  /** Settings that only a read-write connector can have, with the reason. */
  readonly readWriteOptions: Readonly<Record<string, string>>;
  readonly choose: (connector: ConnectorSettings<z.output<z.ZodObject<Shape>>>) => readonly Choice[];
  /** The vendor's printed list for these settings; undefined where there is no vendor who printed one. */
  readonly documented: (
    connector: ConnectorSettings<z.output<z.ZodObject<Shape>>>,
  ) => DocumentedList | undefined;
  readonly contradictions: (
    connector: ConnectorSettings<z.output<z.ZodObject<Shape>>>,
  ) => readonly OptionProblem[];
  /** What a reader should know about these settings although nothing is wrong. */
  readonly notices: (connector: ConnectorSettings<z.output<z.ZodObject<Shape>>>) => readonly string[];
  /** Further registrations that the settings bring, each an entry of its own with a profile of its own. Absent: none. */
  readonly companions?: (
    connector: ConnectorSettings<z.output<z.ZodObject<Shape>>>,
  ) => readonly ConnectorSettings[];
  /** What our collector keeps of events when it serves the entry. Absent: as it does by default. */
  readonly events?: (settings: EventOptions<z.output<z.ZodObject<Shape>>>) => EventChoice;
  readonly handover: (settings: HandoverSettings<z.output<z.ZodObject<Shape>>>) => readonly HandoverField[];
  /** What of the vendor's guide is left out on purpose, and why. */
  readonly notCarried: readonly string[];
}

/** A profile whose own settings are checked at its edge, so that profiles of different settings share one type. */
export interface Profile
  extends Omit<
    ProfileDefinition<z.ZodRawShape>,
    "options" | "choose" | "documented" | "contradictions" | "notices" | "companions" | "events" | "handover"
  > {
  readonly options: z.ZodObject;
  readonly choose: (connector: ConnectorSettings) => readonly Choice[];
  readonly documented: (connector: ConnectorSettings) => DocumentedList | undefined;
  readonly contradictions: (connector: ConnectorSettings) => readonly OptionProblem[];
  readonly notices: (connector: ConnectorSettings) => readonly string[];
  readonly companions: (connector: ConnectorSettings) => readonly ConnectorSettings[];
  readonly events: (settings: EventOptions<unknown>) => EventChoice;
  readonly handover: (settings: HandoverSettings<unknown>) => readonly HandoverField[];
}

/** Makes a profile of its definition. Its functions parse the profile's own settings, so they accept plain JSON. */
export function defineProfile<Shape extends z.ZodRawShape>(definition: ProfileDefinition<Shape>): Profile {
  const typed = <Settings extends { readonly options: unknown }>(settings: Settings) => ({
    ...settings,
    options: definition.options.parse(settings.options),
  });
  return {
    ...definition,
    choose: (connector) => definition.choose(typed(connector)),
    documented: (connector) => definition.documented(typed(connector)),
    contradictions: (connector) => definition.contradictions(typed(connector)),
    notices: (connector) => definition.notices(typed(connector)),
    companions: (connector) => definition.companions?.(typed(connector)) ?? [],
    events: (settings) => definition.events?.(typed(settings)) ?? {},
    handover: (settings) => definition.handover(typed(settings)),
  };
}

/** Capabilities that a switched-on setting chooses. */
export function when(on: boolean, setting: string, ...chosen: readonly Capability[]): readonly Choice[] {
  return on ? chosen.map((capability) => ({ capability, because: `${setting}: true`, setting })) : [];
}

/** A profile setting that is switched on or off. */
export function toggle(byDefault: boolean, description: string): z.ZodDefault<z.ZodBoolean> {
  return z.boolean().default(byDefault).describe(description);
}
