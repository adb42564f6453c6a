/** The plan of a rotation for a person: what happens to which value when, and what to do by when. */
import { credentialName } from "../connection/sign-in";
import { dateOf } from "../handover/sheet";
import { paragraph } from "../layout";
import { palette } from "../terminal";
import type { AnchorChange, CredentialRenewal, KeyOfSlot, RotationPlan } from "./model";

/** How far the command went. */
export type Done = "planned" | "written" | "deployed";

/** The plan, and what is left to do. */
export function rotationText(plan: RotationPlan, done: Done, lockFile: string | undefined): string {
  const parts = plan.credentials.map((credential) => renewalText(plan, credential));
  const changes = plan.credentials.flatMap(({ change }) => (change === null ? [] : [changeLine(change)]));
  parts.push(writtenText(plan, changes, done, lockFile), stepsText(plan, done));
  return parts.join("\n\n");
}

function renewalText(plan: RotationPlan, renewal: CredentialRenewal): string {
  const { current, next, taken, kind, bothUntil, renewedAgain } = renewal;
  const rows: (readonly [string, string])[] = [
    ["in use now", `${keyText(current)}`],
    ["new", `${keyText(next)}, made by the next deployment`],
    ...(plan.compromised
      ? [["", "(counted from one overlap ago, so that no older value is left)"] as const]
      : []),
    ["old and new", fateOfOld(plan, renewal)],
    ["renewed again", `by the first deployment on or after ${dateOf(renewedAgain)}`],
  ];
  if (taken) {
    rows.push([
      "taken away",
      `${keyText(taken)}: an older value, still valid, in the slot that the new one gets`,
    ]);
  }
  const bold = palette().bold(`${plan.name}: ${credentialName(kind)}`);
  const lines = rows.map(([label, text]) => `  ${label.padEnd(15)}${text}`);
  return [bold, ...lines, ...(bothUntil === null && !plan.compromised ? [expiredNote(current)] : [])].join(
    "\n",
  );
}

function keyText({ slot, displayName, from, until }: KeyOfSlot): string {
  const dates = [from === null ? "" : `from ${dateOf(from)}`, until === null ? "" : `to ${dateOf(until)}`];
  return `slot ${slot}, ${dates.filter((part) => part !== "").join(" ")} (${displayName})`;
}

function fateOfOld({ compromised }: RotationPlan, { bothUntil, current }: CredentialRenewal): string {
  if (compromised) return "no overlap: every value issued so far ends with the deployment";
  if (bothUntil === null) return "no overlap: the old value has ended already";
  const end = current.until === null ? "" : `, at the latest on ${dateOf(current.until)}`;
  return `both sign in until ${dateOf(bothUntil)}; the old one ends with the first deployment from then on${end}`;
}

function expiredNote({ until }: KeyOfSlot): string {
  return `  The product can't sign in since ${dateOf(until ?? "")}; only the new value helps.`;
}

function changeLine({ file, line, path, before, after }: AnchorChange): string {
  return `${file}:${line}  ${path}: ${before === null ? "(none)" : before.slice(0, 10)} -> ${after}`;
}

function writtenText(
  { credentials }: RotationPlan,
  changes: readonly string[],
  done: Done,
  lockFile: string | undefined,
): string {
  if (changes.length === 0) {
    const file = done === "deployed" ? "Deployed." : "Not deployed yet.";
    return `The stack file says so already (anchor ${credentials[0]?.schedule.anchor.slice(0, 10)}). ${file}`;
  }
  const verb = done === "planned" ? "Would change" : "Changed";
  const lock = lockFile === undefined ? [] : [`${lockFile}  written anew: the lock file names the anchor`];
  return [`${verb}:`, ...[...changes, ...lock].map((line) => `  ${line}`)].join("\n");
}

function stepsText(plan: RotationPlan, done: Done): string {
  const steps = [
    ...(done === "planned" ? [`Run it without --dry-run to write this down.`] : []),
    ...(done === "deployed" ? [] : [deployStep(plan)]),
    ...plan.credentials.flatMap((credential) => deliveryStep(plan, credential)),
    `See that it works: npm run -s cli -- test-connection ${plan.connector} --stack ${plan.stack}`,
  ];
  const numbered = steps.map((step, index) => paragraph(step, "     ").replace(/^ {5}/, `  ${index + 1}. `));
  const warning = plan.compromised ? ["", ...leak().map((line) => paragraph(line))] : [];
  return [palette().bold("Next:"), ...numbered, ...warning].join("\n");
}

function deployStep({ stack, credentials, compromised }: RotationPlan): string {
  const command = `npm run -s cli -- up --stack ${stack}`;
  if (compromised) return `Deploy it now: ${command}. Until then the old value signs in.`;
  const by = credentials.flatMap(({ bothUntil }) => bothUntil ?? [])[0];
  if (by === undefined) return `Deploy it: ${command}`;
  return `Have the change reviewed and deploy it: ${command}. The overlap counts from today: deployed after ${dateOf(by)}, none is left.`;
}

function deliveryStep(
  { stack, connector, compromised }: RotationPlan,
  credential: CredentialRenewal,
): string[] {
  const { delivery, bothUntil, kind } = credential;
  if (delivery === null) {
    return [`Nothing to paste: the ${credentialName(kind)} is used in the vault where it is made.`];
  }
  const when = bothUntil === null ? "at once" : `before ${dateOf(bothUntil)}`;
  const idle = compromised ? " The product can't sign in from the deployment until you have." : "";
  return [
    `Paste the new value ${when} into "${delivery.field}" of ${delivery.product}: ${delivery.source} ` +
      `(npm run -s cli -- handover ${connector} --stack ${stack} shows it with --reveal).${idle}`,
  ];
}

/** What a renewed secret does not undo. */
function leak(): readonly string[] {
  return [
    "A token that somebody got with the old value works on until it expires, about an hour; sign-in logs of the service principal show who used it from where. If an hour is too long, disable the service principal (Entra admin center > Enterprise applications > Properties > Enabled for users to sign in: No) until then.",
  ];
}
