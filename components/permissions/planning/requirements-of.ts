import type { Choice, DocumentedList, Profile } from "../../profiles/profile";
import type { Capability } from "../capabilities/capability";
import type { ConnectorSettings } from "../settings";
import { chosenBecause } from "./because";
import {
  type DirectoryRoleRequirement,
  joinReasons,
  type Requirement,
  type Requirements,
} from "./requirement";
import { coverRequirements } from "./union";

/** What a connector needs by its settings: the least (`minimal`) or the vendor's printed list (`documented`). */
export function requirementsOf(
  profile: Profile,
  connector: ConnectorSettings,
  choices: readonly Choice[],
): Requirements {
  const list = connector.permissions === "documented" ? profile.documented(connector) : undefined;
  return list === undefined ? requireMinimal(choices, connector.cloud) : requireDocumented(profile, list);
}

function requireMinimal(choices: readonly Choice[], cloud: string): Requirements {
  const roles = choices.flatMap(({ capability, because, setting }) =>
    capability.roles
      .filter(({ clouds }) => clouds === undefined || clouds.includes(cloud))
      .map(
        ({ api, value }): Requirement => ({
          api,
          value,
          because: [chosenBecause(capability.title, because)],
          settings: [setting],
        }),
      ),
  );
  const directoryRoles = choices.flatMap(({ capability, because, setting }) =>
    capability.directoryRoles.map(
      (displayName): DirectoryRoleRequirement => ({
        displayName,
        because: [chosenBecause(capability.title, because), ...reasonOf(capability)],
        settings: [setting],
      }),
    ),
  );
  const joined = joinReasons(roles, ({ api, value }) => `${api}/${value}`);
  const calls = choices.flatMap(({ capability }) => capability.calls);
  return {
    ...coverRequirements(joined, calls),
    directoryRoles: joinReasons(directoryRoles, ({ displayName }) => displayName),
  };
}

function reasonOf({ directoryRoleReason }: Capability): readonly string[] {
  return directoryRoleReason === undefined ? [] : [directoryRoleReason];
}

function requireDocumented(profile: Profile, list: DocumentedList): Requirements {
  const because = `${profile.vendor}'s list for ${list.title}`;
  const settings = ["permissions"];
  return {
    roles: list.roles.map(({ api, value, fault }) => ({
      api,
      value,
      because: fault === undefined ? [because] : [because, `${fault.kind}: ${fault.note}`],
      settings,
    })),
    covered: [],
    directoryRoles: list.directoryRoles.map((displayName) => ({ displayName, because: [because], settings })),
  };
}
