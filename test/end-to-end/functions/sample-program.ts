/** A function app that the host's tests deploy: one function of each kind, which do as their input says. */
import { appendFileSync } from "node:fs";
import { app, output } from "@azure/functions";

const file = process.env.SAMPLE_FILE ?? "";
const queueOutput = output.storageQueue({ queueName: "made", connection: "AzureWebJobsStorage" });

function note(line: object): void {
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

app.hook.appStart(() => note({ event: "start", pid: process.pid }));
app.hook.appTerminate(() => note({ event: "terminate", pid: process.pid }));

app.timer("tick", {
  schedule: "%SAMPLE_SCHEDULE%",
  handler: (timer) => note({ event: "tick", isPastDue: timer.isPastDue, next: timer.scheduleStatus.next }),
});

app.storageQueue("work", {
  queueName: "work",
  connection: "AzureWebJobsStorage",
  handler: async (item, context) => {
    const { id, milliseconds = 0, action } = item as { id: string; milliseconds?: number; action?: string };
    const { dequeueCount } = context.triggerMetadata ?? {};
    note({ event: "begin", id, dequeueCount, pid: process.pid });
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    if (action === "throw") throw new Error("refused by the message");
    if (action === "crash") process.kill(process.pid, "SIGKILL");
    note({ event: "end", id, pid: process.pid });
  },
});

app.http("environment", {
  authLevel: "admin",
  handler: async () => ({ jsonBody: process.env }),
});

app.http("echo", {
  authLevel: "function",
  methods: ["GET", "POST"],
  route: "echo/{name}/{count:int?}",
  handler: async (request, context) => {
    context.warn(`the key is ${process.env.SAMPLE_SECRET}`);
    const { method, url, params } = request;
    return { status: 201, jsonBody: { method, url, params, body: await request.text() } };
  },
});

app.http("health", { methods: ["GET"], handler: () => ({ body: "well" }) });
app.http("fails", {
  methods: ["GET"],
  handler: () => {
    throw new Error("not for the caller");
  },
});
app.http("make", {
  methods: ["POST"],
  extraOutputs: [queueOutput],
  handler: (_, context) => {
    context.extraOutputs.set(queueOutput, [{ id: "a" }, { id: "b" }]);
    return { status: 202 };
  },
});
