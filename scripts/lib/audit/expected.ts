/** What a profile needs, from the words of a command line; the settings' own parser judges them. */
import { parse } from "yaml";
import type { ConnectorManifest } from "../../../components/permissions/manifest";
import { plan } from "../../../components/permissions/plan";
import { parseSettings } from "../../../infra/settings";
import { UserError } from "../errors";

/** A profile with settings, as given to a command. */
export interface ProfileChoice {
  readonly profile: string;
  readonly access?: string | undefined;
  /** Further settings, each `name=value`, the value as in a stack file. */
  readonly set: readonly string[];
  readonly tenantId: string;
  readonly cloud: string;
}

/** @throws SettingsError as for a stack file with the same mistakes. */
export function expectedManifest(choice: ProfileChoice): ConnectorManifest {
  const { profile, access, set, tenantId, cloud } = choice;
  const entry = {
    ...Object.fromEntries(set.map(settingOf)),
    profile,
    name: profile,
    ...(access === undefined ? {} : { access }),
  };
  const settings = parseSettings(
    { tenantId, cloud, connectors: [entry] },
    {
      stack: "audit",
      source: "The command line",
      unacknowledged: "warn",
      now: new Date(),
      fileReader: (file) => {
        throw new UserError(`${file} is not read for an audit.`, { next: "Leave credentials out." });
      },
    },
  );
  const [manifest] = plan(settings).connectors;
  if (manifest === undefined)
    throw new UserError(`There is nothing to compare with: ${profile} plans nothing.`);
  return manifest;
}

function settingOf(text: string): readonly [string, unknown] {
  const [, name, value] = /^([A-Za-z]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new UserError(`--set ${text} is not understood.`, {
      next: "Write name=value as in a stack file: --set provision=[accounts,groups] --set exchangeGroups=true",
    });
  }
  try {
    return [name, parse(value)];
  } catch (cause) {
    throw new UserError(`--set ${name}: the value is not valid YAML.`, { cause });
  }
}
