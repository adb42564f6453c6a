/** The one entry of the command line: `npm run -s cli -- <command>`. */
import { reportStrayFailures, surviveClosedOutput } from "./lib/process-edges";
import { runCli } from "./lib/program";

const argv = process.argv.slice(2);
surviveClosedOutput();
reportStrayFailures(argv);
runCli(argv).then((exitCode) => {
  process.exitCode = exitCode;
});
