/** Where the functions put messages: through the platform, in the encoding that its triggers expect. */
import { output } from "@azure/functions";
import { queues, storageConnection } from "../model/settings";

export const workQueue = output.storageQueue({ queueName: queues.work, connection: storageConnection });
export const poisonQueue = output.storageQueue({ queueName: queues.poison, connection: storageConnection });
