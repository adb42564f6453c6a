import type { AdministrativeUnit } from "../../directory/model";
import { date, defineType, flag, readOnly, text } from "../entity-type";
import { membersOf } from "../relations";

/** Microsoft page "administrativeUnit resource type". */
export const administrativeUnitType = defineType<AdministrativeUnit>({
  name: "administrativeUnit",
  directoryObject: true,
  properties: {
    id: text(readOnly),
    deletedDateTime: date(readOnly),
    displayName: text(),
    description: text(),
    isMemberManagementRestricted: flag(),
    membershipRule: text(),
    membershipRuleProcessingState: text(),
    membershipType: text(),
    visibility: text(),
  },
  navigations: () => ({
    members: {
      related: (unit, directory) => membersOf(directory, unit.id),
      path: "/directory/administrativeUnits/{id}/members",
      limit: 20,
    },
  }),
});
