import { z } from "zod";
import { groupBy } from "../harness/group-by";
import { type Finding, judged, notApplicable } from "../harness/outcome";
import { stackRule } from "../harness/rule";
import { ofType, type PolicyStack, type StackResource } from "../harness/stack";
import { types } from "../harness/types";
import { type Validity, validityOf } from "../harness/validity";

const day = 86_400_000;

export const overlappingSlots = stackRule({
  id: "overlapping-slots",
  title: "A credential and its successor are valid side by side",
  severity: "medium",
  enforcement: "mandatory",
  cause:
    "Two slots of a client secret or certificate are valid together for less than a day, there are more than two, or a secret is in no slot.",
  explanation: "Whoever uses the value needs time to take the next one; App Service looks once a day.",
  remediation: "Declare it by ClientSecret or Certificate, with overlapDays of more than one day.",
  config: z.strictObject({}),
  judge: (stack) => {
    const keys = ofType(stack, types.applicationPassword, types.applicationCertificate).filter(
      (key) => parentType(key) !== types.vendorCertificate,
    );
    if (keys.length === 0) return notApplicable("The stack has no credential that rotates.");
    const slots = groupBy(keys, ({ parent = "" }) => parent);
    return judged([...slots.values()].flatMap((group) => problemsOf(group, stack)));
  },
});

function problemsOf(group: readonly StackResource[], stack: PolicyStack): readonly Finding[] {
  const [first] = group;
  if (first === undefined) return [];
  const finding = (message: string) => [
    { culprit: first.name, message, connector: stack.connectorOf(first)?.slug, urn: first.urn },
  ];
  const rotates = parentType(first) === types.clientSecret || parentType(first) === types.certificate;
  if (!rotates) {
    return first.type === types.applicationPassword
      ? finding("The secret has no second slot to rotate into.")
      : [];
  }
  if (group.length > 2) return finding(`There are ${group.length} slots.`);
  const [earlier, later] = group.map(validityOf).sort(byStart);
  if (earlier === undefined || later === undefined) return [];
  const shared = Date.parse(earlier.endDate ?? "") - Date.parse(later.startDate ?? "");
  return shared >= day ? [] : finding("Its two slots are valid together for less than a day.");
}

function parentType({ parent = "" }: StackResource): string {
  return parent.split("::")[2]?.split("$").at(-1) ?? "";
}

function byStart(a: Validity | undefined, b: Validity | undefined): number {
  return Date.parse(a?.startDate ?? "") - Date.parse(b?.startDate ?? "");
}
