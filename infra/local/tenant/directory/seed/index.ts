/** Fills a tenant with a synthetic organization: deterministic for a seed and size, dates relative to the tenant's day. */
import type { Tenant } from "../../core/types";
import { ExchangeState } from "../../exchange/state";
import { type Feeds, feedsOf } from "../../feeds";
import { type Edition, setEdition } from "../editions";
import { openDirectory } from "../open";
import { seedApplications } from "./applications";
import type { SeedContext } from "./context";
import { type Deployer, seedDeployer } from "./deployer";
import { seedDevicesAndUnits } from "./devices";
import { seedGroups } from "./groups";
import { seedLogs } from "./logs";
import { seedMailboxAuditing } from "./mailbox-auditing";
import { seedOrganization } from "./organization";
import { seedPolicies } from "./policies";
import { Random } from "./random";
import { seedRoles } from "./roles";
import { seedUsers } from "./users";

/** Size and seed of a directory. */
export interface SeedSize {
  readonly users: number;
  readonly groups: number;
  readonly seed: number | string;
  /** Members of all groups together, spread unevenly; absent: as many as come with groups of common sizes. */
  readonly memberships?: number | undefined;
  /** Members of the largest group; absent: a tenth of `memberships`, or every employee. */
  readonly largestGroup?: number | undefined;
  /** Edition of Microsoft Entra ID; absent: P2. */
  readonly edition?: Edition | "Free" | undefined;
}

const day = 86_400_000;
/** Entities made between two moments at which other work of the process may run. */
const breath = 2_000;

/**
 * Seeds the directory: organization, Microsoft's service principals, policies, the deployer, users, groups, roles,
 * devices, logs. Seeding again with another seed adds users and groups; the deployer keeps its ids and gets a new secret.
 */
export async function seedDirectory(
  tenant: Tenant,
  size: SeedSize,
): Promise<{ readonly deployer: Deployer }> {
  const now = tenant.clock.now();
  const context = contextOf(tenant, now, size.seed);
  // What is not people follows from the tenant alone, so that its ids outlive a change of seed or size.
  const fixed = contextOf(tenant, now, tenant.settings.tenantId);
  seedOrganization(fixed, size.users);
  seedPolicies(fixed);
  const deployer = seedDeployer(fixed, now);
  const feeds = feedsOf(tenant.store, context.directory);
  const exchange = new ExchangeState(tenant.store, context.directory);
  await context.directory.changes.unrecorded(() => seedPeople(context, { feeds, exchange }, size));
  await tenant.store.flush();
  return { deployer };
}

/** Too much to be recorded as changes: delta links that clients hold from before expire. */
async function seedPeople(
  context: SeedContext,
  { feeds, exchange }: { readonly feeds: Feeds; readonly exchange: ExchangeState },
  size: SeedSize,
): Promise<void> {
  const users = await seedUsers(context, size.users);
  const groups = await seedGroups(context, size, users);
  seedRoles(context, users, groups);
  await seedDevicesAndUnits(context, users);
  await seedApplications(context, users, groups);
  seedLogs(context, feeds, users, typeof size.seed === "number" ? size.seed : 0);
  seedMailboxAuditing(exchange);
  if (size.edition !== undefined) setEdition(context.directory, size.edition);
}

function contextOf(tenant: Tenant, now: number, seed: number | string): SeedContext {
  let made = 0;
  return {
    directory: openDirectory(tenant.store),
    settings: tenant.settings,
    now,
    today: Math.floor(now / day) * day,
    random: (stream) => new Random(seed, stream),
    breathe: async () => {
      made += 1;
      if (made % breath === 0) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
