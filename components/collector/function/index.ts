/**
 * The program that the function app runs. What is loaded here decides how fast an instance starts, so each function
 * loads storage, identity, Graph and streams when it is first called.
 */
import { app } from "@azure/functions";
import { CollectorApp } from "./app/collector-app";
import { readConfiguration } from "./app/configuration";
import { registerHealth } from "./app/health";
import { registerPoison } from "./app/poison";
import { registerPurge } from "./app/purge";
import { registerSchedule } from "./app/schedule";
import { registerSync } from "./app/sync";
import { registerWork } from "./app/work";

const collector = new CollectorApp(readConfiguration(process.env), process.env);

registerSchedule(collector);
registerWork(collector);
registerPoison(collector);
registerHealth(collector);
registerSync(collector);
registerPurge(collector);
app.hook.appTerminate(() => collector.stop());
