import { findDirectoryRole } from "../../../../components/permissions/catalogue/directory-role";
import { types } from "../../../../policies/harness/types";
import { connector, type Role, resource, unknown } from "../resources";
import type { RuleExamples } from "./case";

const assign = (role: string) =>
  resource(types.directoryRoleAssignment, { roleId: findDirectoryRole(role).templateId }, { name: "sync" });
const eligible = (role: string) =>
  resource(
    types.directoryRoleEligibility,
    { roleDefinitionId: findDirectoryRole(role).templateId },
    { name: "sync" },
  );
const custom = resource(types.directoryRoleAssignment, { roleId: "99999999-9999-4999-8999-999999999999" });
const unknownRole = {
  "a computed role": {
    resources: [resource(types.directoryRoleAssignment, { roleId: unknown })],
    property: "roleId",
  },
};
const exchange: Role = ["exchangeOnline", "Exchange.ManageAsApp"];
const administrator = "Exchange Administrator";
const groups = { capabilities: ["exchange-groups.provision"] };
const setUp = { capabilities: ["mailbox-auditing.prepare"] };
const setUpSince = (anchor: string) =>
  connector({
    manifest: {
      ...setUp,
      credentials: [{ kind: "clientSecret", lifetimeDays: 7, overlapDays: 2, anchor }],
    },
  });

export const directoryRoleExamples: Readonly<Record<string, RuleExamples>> = {
  "privileged-directory-role": {
    compliant: {
      "a reader": { resources: [assign("Global Reader")] },
      acknowledged: {
        resources: connector({ directoryRoles: [administrator] }).filter(({ urn }) =>
          urn.endsWith("-assignment"),
        ),
        settings: {
          acknowledgements: [
            {
              rule: "privileged-directory-role",
              connector: "Sync",
              reason: "r",
              owner: "o",
              expires: "2099-01-01",
            },
          ],
        },
      },
    },
    nonCompliant: {
      "tier 0": {
        resources: [assign("Privileged Role Administrator")],
        culprits: ["Privileged Role Administrator"],
      },
      "tier 1": { resources: [assign(administrator)], culprits: [administrator] },
      eligible: {
        resources: [eligible("Application Administrator")],
        culprits: ["Application Administrator"],
      },
    },
    notApplicable: { "no built-in role": { resources: [custom] } },
    unknown: unknownRole,
  },
  "no-global-administrator": {
    compliant: { "another role": { resources: [assign(administrator)] } },
    nonCompliant: {
      assigned: { resources: [assign("Global Administrator")], culprits: ["Global Administrator"] },
      "acknowledged, which does not count": {
        resources: [assign("Global Administrator")],
        settings: {
          acknowledgements: [
            {
              rule: "no-global-administrator",
              connector: "Sync",
              reason: "r",
              owner: "o",
              expires: "2099-01-01",
            },
          ],
        },
        culprits: ["Global Administrator"],
      },
      eligible: { resources: [eligible("Global Administrator")], culprits: ["Global Administrator"] },
    },
    unknown: unknownRole,
  },
  "directory-role-template": {
    compliant: { "a template": { resources: [assign(administrator)] } },
    nonCompliant: {
      "another id": { resources: [custom], culprits: ["99999999-9999-4999-8999-999999999999"] },
      "a name": {
        resources: [resource(types.directoryRoleAssignment, { roleId: "Global Reader" })],
        culprits: ["global reader"],
      },
    },
    unknown: unknownRole,
  },
  "exchange-role-needed": {
    compliant: {
      "with the app role and the setting": {
        resources: connector({ asks: [exchange], directoryRoles: [administrator], manifest: groups }),
      },
      "by the vendor's list": {
        resources: connector({
          asks: [exchange],
          directoryRoles: [administrator],
          manifest: { permissions: "documented" },
        }),
      },
    },
    nonCompliant: {
      "without the app role": {
        resources: connector({ directoryRoles: [administrator], manifest: groups }),
        culprits: [administrator],
      },
      "without the setting": {
        resources: connector({ asks: [exchange], directoryRoles: [administrator] }),
        culprits: [administrator],
      },
      "without either": {
        resources: connector({ directoryRoles: [administrator] }),
        culprits: [administrator, administrator],
      },
      "the narrower role for the wider setting": {
        resources: connector({
          asks: [exchange],
          directoryRoles: ["Exchange Recipient Administrator"],
          manifest: groups,
        }),
        culprits: ["Exchange Recipient Administrator"],
      },
    },
    notApplicable: { "no Exchange role": { resources: connector({ directoryRoles: ["Global Reader"] }) } },
    unknown: {
      computed: {
        resources: connector({
          directoryRoles: [administrator],
          application: { requiredResourceAccesses: unknown },
        }),
        property: "requiredResourceAccesses",
      },
    },
  },
  "mailbox-audit-set-up-age": {
    compliant: { "within the week": { resources: setUpSince("2026-11-14T00:00:01Z") } },
    nonCompliant: {
      "a week old": { resources: setUpSince("2026-11-14T00:00:00Z"), culprits: ["2026-11-14"] },
      "older than configured": {
        resources: setUpSince("2026-11-18T00:00:00Z"),
        config: { days: 2 },
        culprits: ["2026-11-18"],
      },
      "without a day": {
        resources: connector({ manifest: { ...setUp, credentials: [{ kind: "federated" }] } }),
        culprits: ["no anchor"],
      },
    },
    notApplicable: { "another setting": { resources: connector() } },
  },
};
