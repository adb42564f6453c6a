/** The one entry of the command line: `npm run -s cli -- <command>`. */
import { runCli } from "./lib/program";

runCli(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
