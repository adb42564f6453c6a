/** Built-in roles for the data of storage accounts (page "Azure built-in roles for Storage"). */
import { type RoleDefinition, role } from "./role";

const containers = "Microsoft.Storage/storageAccounts/blobServices/containers";
const blobs = `${containers}/blobs`;
const queues = "Microsoft.Storage/storageAccounts/queueServices/queues";
const messages = `${queues}/messages`;
const delegationKey = "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action";

/** Roles on blobs and on queue messages. */
export const storageRoles: readonly RoleDefinition[] = [
  role(
    "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
    "Storage Blob Data Owner",
    "Allows for full access to Azure Storage blob containers and data, including assigning POSIX access control.",
    { actions: [`${containers}/*`, delegationKey], dataActions: [`${blobs}/*`] },
  ),
  role(
    "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    "Storage Blob Data Contributor",
    "Allows for read, write and delete access to Azure Storage blob containers and data",
    {
      actions: [`${containers}/delete`, `${containers}/read`, `${containers}/write`, delegationKey],
      dataActions: [
        `${blobs}/delete`,
        `${blobs}/read`,
        `${blobs}/write`,
        `${blobs}/move/action`,
        `${blobs}/add/action`,
      ],
    },
  ),
  role(
    "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    "Storage Blob Data Reader",
    "Allows for read access to Azure Storage blob containers and data",
    { actions: [`${containers}/read`, delegationKey], dataActions: [`${blobs}/read`] },
  ),
  role(
    "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
    "Storage Queue Data Contributor",
    "Allows for read, write, and delete access to Azure Storage queues and queue messages",
    {
      actions: [`${queues}/delete`, `${queues}/read`, `${queues}/write`],
      dataActions: [
        `${messages}/delete`,
        `${messages}/read`,
        `${messages}/write`,
        `${messages}/process/action`,
      ],
    },
  ),
  role(
    "8a0f0c08-91a1-4084-bc3d-661d67233fed",
    "Storage Queue Data Message Processor",
    "Allows for peek, receive, and delete access to Azure Storage queue messages",
    { dataActions: [`${messages}/read`, `${messages}/process/action`] },
  ),
  role(
    "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a",
    "Storage Queue Data Message Sender",
    "Allows for sending of Azure Storage queue messages",
    { dataActions: [`${messages}/add/action`] },
  ),
  role(
    "19e7f393-937e-4f77-808e-94535e297925",
    "Storage Queue Data Reader",
    "Allows for read access to Azure Storage queues and queue messages",
    { actions: [`${queues}/read`], dataActions: [`${messages}/read`] },
  ),
  role(
    "17d1049b-9a84-46fb-8f53-869881c3d3ab",
    "Storage Account Contributor",
    "Lets you manage storage accounts, including accessing storage account keys which provide full access to storage account data.",
    {
      actions: [
        "Microsoft.Authorization/*/read",
        "Microsoft.Insights/alertRules/*",
        "Microsoft.Insights/diagnosticSettings/*",
        "Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action",
        "Microsoft.ResourceHealth/availabilityStatuses/read",
        "Microsoft.Resources/deployments/*",
        "Microsoft.Resources/subscriptions/resourceGroups/read",
        "Microsoft.Storage/storageAccounts/*",
        "Microsoft.Support/*",
      ],
    },
  ),
];
