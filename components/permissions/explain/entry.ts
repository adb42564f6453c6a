import type { Profile } from "../../profiles/profile";
import type { Access, ConnectorSettings, ProfileOptions } from "../settings";

/** An entry of a profile that is not in any stack, to ask the profile what its settings bring. */
export function sampleEntry(
  profile: Profile,
  access: Access,
  options: ProfileOptions = {},
): ConnectorSettings {
  return {
    name: profile.title,
    slug: profile.id,
    profile: profile.id,
    tenantId: "00000000-0000-0000-0000-000000000000",
    cloud: "global",
    crawl: true,
    access,
    permissions: "minimal",
    consent: "grant",
    credentials: [],
    owners: [],
    tags: [],
    options,
  };
}
