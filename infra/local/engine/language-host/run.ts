/** Run: starts the Pulumi program in a child process, as the Node.js language host does. */
import { type RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { exitCode, resolveSdkModule, startNode } from "./children";

/** With this exit code the SDK says that it has already told the user what is wrong. */
const alreadyReported = 32;

/** Runs the program to its end and answers with its error, if any. */
export async function run(request: RunRequest, engineAddress: string): Promise<RunResponse> {
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() || request.getPwd();
  const child = startNode(
    [resolveSdkModule("@pulumi/pulumi/cmd/run", directory), ...programArguments(request, engineAddress)],
    { cwd: directory, env: programEnvironment(request), stdio: ["ignore", "inherit", "inherit"] },
  );
  const code = await exitCode(child);
  const response = new RunResponse();
  if (code === alreadyReported) response.setBail(true);
  else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
  return response;
}

function programArguments(request: RunRequest, engineAddress: string): string[] {
  const info = request.getInfo();
  return [
    `--monitor=${request.getMonitorAddress()}`,
    `--engine=${engineAddress}`,
    `--project=${request.getProject()}`,
    `--stack=${request.getStack()}`,
    `--organization=${request.getOrganization()}`,
    `--root-directory=${info?.getRootDirectory() ?? request.getPwd()}`,
    `--pwd=${request.getPwd()}`,
    `--parallel=${request.getParallel()}`,
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info?.getEntryPoint() || request.getProgram() || ".",
    ...request.getArgsList(),
  ];
}

function programEnvironment(request: RunRequest): NodeJS.ProcessEnv {
  const options = request.getInfo()?.getOptions()?.toJavaScript() ?? {};
  return {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_NODEJS_TYPESCRIPT: options.typescript === false ? "false" : "true",
  };
}
