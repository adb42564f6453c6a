import { armType } from "../generic/arm-type";

/** `azure-native.authorization.ManagementLockByScope`. */
export const managementLock = armType({
  token: "azure-native:authorization:ManagementLockByScope",
  kind: "managementLock",
  description: "Keeps what is in a scope from being deleted or changed.",
  path: "/{scope}/providers/Microsoft.Authorization/locks/{lockName}",
  autoname: { property: "lockName", longest: 90 },
  names: {
    lockName: {
      pattern: /^[^<>%&:\\?/]{1,260}$/,
      rule: "1 to 260 characters, none of them < > % & : \\ ? /",
    },
  },
});
