/** Makes the planned changes, and says of each what became of it. */
import type { ExchangeAdmin } from "./exchange-admin";
import type { PlannedChange } from "./plan";
import { ExchangeRefusal } from "./refusal";

/** A change and what became of it. */
export interface ChangeResult extends PlannedChange {
  readonly result: "changed" | "failed";
  /** Exchange's own words. */
  readonly reason?: string;
}

/** Exchange takes few writes of one application at a time. */
const atATime = 4;

/**
 * Those of the organization first and one after another, then the rest a few at a time. A mailbox that Exchange refuses
 * does not stop the others.
 * @throws ExchangeRefusal when nothing more can be changed: no permission, or Exchange stays busy
 */
export async function applyChanges(
  exchange: ExchangeAdmin,
  changes: readonly PlannedChange[],
  progress: (line: string) => void,
): Promise<readonly ChangeResult[]> {
  const results = new Map<PlannedChange, ChangeResult>();
  const make = async (change: PlannedChange): Promise<void> => {
    results.set(change, await applyOne(exchange, change));
    progress(`${results.size} of ${changes.length} changes`);
  };
  const wide = changes.filter(({ parameters }) => parameters.Identity === undefined);
  for (const change of wide) await make(change);
  const rest = changes.filter((change) => !wide.includes(change)).values();
  const worker = async (): Promise<void> => {
    for (const change of rest) await make(change);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return changes.flatMap((change) => results.get(change) ?? []);
}

async function applyOne(exchange: ExchangeAdmin, change: PlannedChange): Promise<ChangeResult> {
  try {
    for await (const _ of exchange.run(change.cmdlet, change.parameters));
    return { ...change, result: "changed" };
  } catch (error) {
    if (!(error instanceof ExchangeRefusal) || !concernsOneObject(error)) throw error;
    return { ...change, result: "failed", reason: error.refused.said || error.message };
  }
}

function concernsOneObject({ refused: { status, said } }: ExchangeRefusal): boolean {
  return (
    (status === 400 || status === 404) && !/is not recognized as|Enable-OrganizationCustomization/.test(said)
  );
}
