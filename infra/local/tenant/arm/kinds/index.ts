import type { ArmOperation } from "../call";
import type { Kind } from "./kind";
import { lockKind } from "./locks";
import { actionGroupKind, metricAlertKind, queryRuleKind } from "./monitor/alerts";
import { componentKind } from "./monitor/components";
import { diagnosticSettingKind } from "./monitor/diagnostic-settings";
import { workspaceKind } from "./monitor/workspaces";
import { networkLinkKind, privateZoneKind } from "./network/private-dns";
import { privateEndpointKind, zoneGroupKind } from "./network/private-endpoints";
import { securityGroupKind } from "./network/security-groups";
import { subnetKind } from "./network/subnets";
import { virtualNetworkKind } from "./network/virtual-networks";
import { operationsOf } from "./operations";
import { registerKinds } from "./registry";
import { storageAccountKind } from "./storage/accounts";
import { storageItemOperations } from "./storage/items";
import { blobServiceKind, managementPolicyKind, queueServiceKind } from "./storage/services";
import { planKind } from "./web/plans";
import { publishingPolicyKind } from "./web/publishing";
import { regionOperations } from "./web/regions";
import { siteOperations } from "./web/site-operations";
import { siteKind } from "./web/sites";

/** Every resource type that is described rather than programmed. */
const kinds: readonly Kind[] = [
  lockKind,
  storageAccountKind,
  blobServiceKind,
  queueServiceKind,
  managementPolicyKind,
  planKind,
  siteKind,
  publishingPolicyKind,
  workspaceKind,
  componentKind,
  diagnosticSettingKind,
  actionGroupKind,
  metricAlertKind,
  queryRuleKind,
  virtualNetworkKind,
  subnetKind,
  securityGroupKind,
  privateEndpointKind,
  zoneGroupKind,
  privateZoneKind,
  networkLinkKind,
];

registerKinds(kinds);

/** Their operations, and those of what belongs to them. */
export const kindOperations: readonly ArmOperation[] = [
  ...kinds.flatMap(operationsOf),
  ...storageItemOperations,
  ...regionOperations,
  ...siteOperations,
];
